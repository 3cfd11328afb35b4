using System.Collections.Immutable;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Proxy;
using Xebec.ApiServer.Webhooks;
using Xunit;

namespace Xebec.ApiServer.Tests.Webhooks;

public sealed class WebhookClientTests
{
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_document_is_posted_with_the_timeout_in_the_url_and_the_answer_returned()
    {
        await using var server = await WebhookServer.StartAsync();
        var query = "";
        server.On("/hook", async (http, body) =>
        {
            query = http.Request.QueryString.Value!;
            await http.Response.WriteAsync($$"""{"echo":{{body}}}""");
        });
        using var clients = Clients();
        var answer = await clients.Get(Config(server, "/hook")).PostAsync("{\"a\":1}"u8.ToArray(), TenSeconds, Cancelled);
        Assert.Equal("""{"echo":{"a":1}}""", Encoding.UTF8.GetString(answer));
        Assert.Equal("?timeout=10s", query);
    }

    [Fact]
    public async Task Calls_share_a_connection_and_it_closes_when_the_configuration_is_gone()
    {
        await using var server = await WebhookServer.StartAsync();
        server.On("/hook", body => body);
        using var clients = Clients();
        for (var i = 0; i < 5; i++)
            await clients.Get(Config(server, "/hook")).PostAsync("{}"u8.ToArray(), TenSeconds, Cancelled);
        Assert.Equal(1, server.Connections);
        Assert.False(server.AllClosed.IsCompleted);
        clients.Retain(ImmutableHashSet<WebhookClientConfig>.Empty);
        await server.AllClosed.WaitAsync(Cancelled);
    }

    [Fact]
    public async Task A_client_that_was_let_go_still_serves_who_holds_it()
    {
        await using var server = await WebhookServer.StartAsync();
        server.On("/hook", body => body);
        using var clients = Clients();
        var held = clients.Get(Config(server, "/hook"));
        clients.Retain(ImmutableHashSet<WebhookClientConfig>.Empty);
        Assert.Equal("{}", Encoding.UTF8.GetString(await held.PostAsync("{}"u8.ToArray(), TenSeconds, Cancelled)));
    }

    [Fact]
    public async Task Who_does_not_answer_in_time_has_exceeded_the_deadline()
    {
        await using var server = await WebhookServer.StartAsync();
        var asked = new TaskCompletionSource();
        server.On("/slow", async (http, _) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        using var clients = Clients();
        var call = clients.Get(Config(server, "/slow")).PostAsync("{}"u8.ToArray(), TenSeconds, Cancelled);
        await asked.Task.WaitAsync(Cancelled);
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(call.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        var failure = await Assert.ThrowsAsync<WebhookCallException>(() => call);
        Assert.Equal($"Post \"https://127.0.0.1:{server.Port}/slow?timeout=10s\": context deadline exceeded", failure.Message);
    }

    [Fact]
    public async Task Nobody_listening_is_a_refused_connection()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        using var clients = Clients();
        var failure = await Failure(clients, new WebhookClientConfig { Url = $"https://{socket.LocalEndPoint}/x" });
        Assert.Equal(
            $"Post \"https://{socket.LocalEndPoint}/x?timeout=10s\": dial tcp {socket.LocalEndPoint}: connect: connection refused", failure.Message);
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_not_believed()
    {
        await using var server = await WebhookServer.StartAsync();
        await using var other = await WebhookServer.StartAsync();
        using var clients = Clients();
        var failure = await Failure(clients, Config(server, "/x") with { CaBundle = other.CaBundle });
        Assert.EndsWith("tls: failed to verify certificate: x509: certificate signed by unknown authority", failure.Message, StringComparison.Ordinal);
        failure = await Failure(clients, Config(server, "/x") with { CaBundle = "" });
        Assert.EndsWith("tls: failed to verify certificate: x509: certificate signed by unknown authority", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_not_believed()
    {
        await using var server = await WebhookServer.StartAsync("elsewhere.test");
        using var clients = Clients();
        var failure = await Failure(clients, new WebhookClientConfig { Url = $"https://localhost:{server.Port}/x", CaBundle = server.CaBundle });
        Assert.EndsWith(
            "tls: failed to verify certificate: x509: certificate is valid for elsewhere.test, not localhost", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_certificate_is_not_believed()
    {
        await using var server = await WebhookServer.StartAsync();
        using var clients = Clients();
        _time.Advance(TimeSpan.FromDays(400));
        var failure = await Failure(clients, Config(server, "/x"));
        Assert.Contains("x509: certificate has expired or is not yet valid: current time 2027-12-28T12:00:00Z is after", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, "", "the server could not find the requested resource")]
    [InlineData(500, "boom", "an error on the server (\"boom\") has prevented the request from succeeding")]
    [InlineData(503, "", "the server is currently unable to handle the request")]
    [InlineData(500, """{"kind":"Status","status":"Failure","message":"from a Status"}""", "from a Status")]
    public async Task A_failure_is_worded_as_upstreams_client_does(int code, string body, string expected)
    {
        await using var server = await WebhookServer.StartAsync();
        server.On("/x", async (http, _) =>
        {
            http.Response.StatusCode = code;
            await http.Response.WriteAsync(body);
        });
        using var clients = Clients();
        var failure = await Failure(clients, Config(server, "/x"));
        Assert.Equal(expected, failure.Message);
        Assert.Equal(code, failure.Code);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_an_end_of_file()
    {
        await using var server = await WebhookServer.StartAsync();
        server.On("/x", (http, _) =>
        {
            http.Abort();
            return Task.CompletedTask;
        });
        using var clients = Clients();
        Assert.StartsWith("Post \"https://127.0.0.1:", (await Failure(clients, Config(server, "/x"))).Message, StringComparison.Ordinal);
    }

    private static async Task<WebhookCallException> Failure(WebhookClients clients, WebhookClientConfig config) =>
        await Assert.ThrowsAsync<WebhookCallException>(() => clients.Get(config).PostAsync("{}"u8.ToArray(), TenSeconds, Cancelled));

    private WebhookClients Clients() => new(new ServiceResolver(new ResourceCatalog()), new KubeApiServerOptions(), _time);

    private static WebhookClientConfig Config(WebhookServer server, string path) =>
        WebhookClientConfig.Read((ObjectValue)Value.Parse(server.ClientConfig(path)));
}
