using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xebec.Store.Sqlite;

namespace Xebec.ApiServer.Tests.Filters;

public sealed class GracefulShutdownTests
{
    private const string Body = """{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"last"}}""";

    [Fact]
    public async Task Watches_end_cleanly_and_running_requests_finish()
    {
        var server = await HttpsTestServer.StartAsync();
        using var watching = await ConnectAsync(server);
        await watching.WriteAsync(Head("GET /api/v1/namespaces?watch=true"));
        await ReadUntilAsync(watching, "\"kube-system\"");
        using var writing = await ConnectAsync(server);
        await writing.WriteAsync(Head("POST /api/v1/namespaces/default/configmaps", "Content-Type: application/json", $"Content-Length: {Body.Length}", "Expect: 100-continue"));
        await ReadHeadAsync(writing); // The server asks for the body: the request is in flight.
        await writing.WriteAsync(Encoding.UTF8.GetBytes(Body[..10]));
        using var probing = await ConnectAsync(server);
        await probing.WriteAsync(Head("GET /readyz"));
        Assert.Contains("200 OK", await ReadUntilAsync(probing, "ok"), StringComparison.Ordinal);

        var stopping = server.DisposeAsync().AsTask();
        Assert.EndsWith("0\r\n\r\n", await ReadToEndAsync(watching), StringComparison.Ordinal);
        Assert.False(stopping.IsCompleted);
        await writing.WriteAsync(Encoding.UTF8.GetBytes(Body[10..]));
        Assert.Contains("201 Created", await ReadToEndAsync(writing), StringComparison.Ordinal);
        await stopping;
    }

    [Fact]
    public async Task During_the_delay_everything_is_served_but_readiness_and_then_what_runs_finishes()
    {
        var server = await HttpsTestServer.StartAsync((options, _) =>
            options with { Serving = new ServingOptions { ShutdownDelayDuration = TimeSpan.FromSeconds(30), RequestTimeout = TimeSpan.FromHours(9) } });
        using var client = server.Client();
        using var ready = await client.GetAsync("/readyz");
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        using var writing = await ConnectAsync(server);
        await writing.WriteAsync(Head("POST /api/v1/namespaces/default/configmaps", "Content-Type: application/json", $"Content-Length: {Body.Length}", "Expect: 100-continue"));
        await ReadHeadAsync(writing); // The server asks for the body: the request is in flight.
        using var late = await ConnectAsync(server);
        await late.WriteAsync(Encoding.ASCII.GetBytes("GET /api/v1/namespaces HTTP/1.1\r\n"));

        var stopping = server.DisposeAsync().AsTask();
        using var notReady = await client.GetAsync("/readyz");
        Assert.Contains("[-]shutdown failed: reason withheld", await notReady.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.InternalServerError, notReady.StatusCode);
        using var live = await client.GetAsync("/livez");
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        using var served = await client.GetAsync("/api/v1/namespaces/default");
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);

        while (!stopping.IsCompleted && !await IsRefusedAsync(server))
            server.Server.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.True(await AnswerToLateAsync(late) is "" or "HTTP/1.1 429 Too Many Requests");
        await writing.WriteAsync(Encoding.UTF8.GetBytes(Body));
        Assert.Contains("201 Created", await ReadToEndAsync(writing), StringComparison.Ordinal);
        await stopping;
    }

    [Fact]
    public async Task After_the_delay_new_requests_are_sent_away()
    {
        var time = new FakeTimeProvider();
        await using var store = await SqliteStore.OpenAsync(new SqliteStoreOptions(), time, NullLogger<SqliteStore>.Instance);
        await using var parts = new ServerParts(new KubeApiServerOptions(), store, time, NullLoggerFactory.Instance);
        parts.Filters.Shutdown.Announce();
        parts.Filters.Shutdown.Refuse();
        var http = new DefaultHttpContext { Request = { Method = "GET", Path = "/api/v1/namespaces" } };
        using var body = new MemoryStream();
        http.Response.Body = body;
        await parts.Pipeline.InvokeAsync(http);
        Assert.Equal(StatusCodes.Status429TooManyRequests, http.Response.StatusCode);
        Assert.Equal("5", http.Response.Headers.RetryAfter);
        Assert.Equal("The apiserver is shutting down, please try again later.\n", Encoding.UTF8.GetString(body.ToArray()));
    }

    [Fact]
    public async Task The_service_of_the_server_leads_nowhere_when_it_has_gone()
    {
        var time = new FakeTimeProvider();
        await using var store = await SqliteStore.OpenAsync(new SqliteStoreOptions(), time, NullLogger<SqliteStore>.Instance);
        await using var certificates = await HttpsTestServer.StartAsync((options, _) => options with { AdvertiseAddress = IPAddress.Parse("192.0.2.1") });
        var server = new KubeApiServer(certificates.Options, store, time, NullLoggerFactory.Instance);
        await server.StartAsync();
        Assert.Contains("192.0.2.1", await StoredAsync(store), StringComparison.Ordinal);
        await server.DisposeAsync();
        Assert.DoesNotContain("192.0.2.1", await StoredAsync(store), StringComparison.Ordinal);
    }

    private static async Task<string> StoredAsync(SqliteStore store)
    {
        var stored = await store.RangeAsync("/registry/services/endpoints/default/");
        return Encoding.UTF8.GetString(stored.Entries.Single().Value.Span);
    }

    private static async Task<bool> IsRefusedAsync(HttpsTestServer server)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(server.Address.Host, server.Address.Port);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private static async Task<SslStream> ConnectAsync(HttpsTestServer server)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Address.Host, server.Address.Port);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await stream.AuthenticateAsClientAsync(server.Tls());
        return stream;
    }

    // A request that had begun to arrive is refused; one that the server had not read the first line of is closed without an answer,
    // and which of the two this is depends on how busy the machine was. It is never served.
    private static async Task<string> AnswerToLateAsync(SslStream late)
    {
        try
        {
            await late.WriteAsync(Encoding.ASCII.GetBytes("Host: test\r\n\r\n"));
            return (await ReadToEndAsync(late)).Split("\r\n")[0];
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static byte[] Head(string request, params string[] headers) =>
        Encoding.ASCII.GetBytes($"{request} HTTP/1.1\r\nHost: test\r\n{string.Concat(headers.Select(h => h + "\r\n"))}\r\n");

    private static async Task<string> ReadUntilAsync(SslStream stream, string expected)
    {
        var text = "";
        while (!text.Contains(expected, StringComparison.Ordinal))
            text += await ReadAsync(stream) ?? throw new EndOfStreamException(text);
        return text;
    }

    private static async Task ReadHeadAsync(Stream stream)
    {
        var (head, buffer) = (new StringBuilder(), new byte[1]);
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(buffer) == 1)
            head.Append((char)buffer[0]);
        Assert.StartsWith("HTTP/1.1 100 Continue", head.ToString(), StringComparison.Ordinal);
    }

    private static async Task<string> ReadToEndAsync(SslStream stream)
    {
        var text = "";
        while (await ReadAsync(stream) is { } part)
            text += part;
        return text;
    }

    private static async Task<string?> ReadAsync(SslStream stream)
    {
        var buffer = new byte[16 * 1024];
        var read = await stream.ReadAsync(buffer);
        return read == 0 ? null : Encoding.UTF8.GetString(buffer, 0, read);
    }
}
