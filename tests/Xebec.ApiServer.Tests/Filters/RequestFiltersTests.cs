using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Filters;

namespace Xebec.ApiServer.Tests.Filters;

public sealed class RequestFiltersTests
{
    [Theory]
    [InlineData("1h15m30.5s", 4530.5)]
    [InlineData("250ms", 0.25)]
    [InlineData("-1s", -1.0)]
    [InlineData("0", 0.0)]
    [InlineData("10", null)]
    [InlineData("s", null)]
    [InlineData("1x", null)]
    [InlineData("1..s", null)]
    public void Durations_are_read_as_Go_reads_them(string text, double? seconds) =>
        Assert.Equal(seconds, GoDuration.TryParse(text)?.TotalSeconds);

    [Fact]
    public async Task A_request_that_takes_too_long_is_told_so()
    {
        await using var server = await HttpsTestServer.StartAsync();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Address.Host, server.Address.Port);
        await using var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await stream.AuthenticateAsClientAsync(server.Tls());
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            "POST /api/v1/namespaces/default/configmaps?timeout=10s HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n"));
        var answer = ReadAsync(stream);
        while (!answer.IsCompleted)
        {
            server.Server.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var text = await answer;
        Assert.Contains("504 Gateway Timeout", text, StringComparison.Ordinal);
        var status = (ObjectValue)Value.Parse(text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        Assert.Equal("Timeout: request did not complete within the allotted timeout", status.GetString("message"));
        Assert.Equal("Timeout", status.GetString("reason"));
    }

    [Fact]
    public async Task A_timeout_that_is_no_duration_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        var (code, body) = await server.SendAsync(HttpMethod.Get, "/api/v1/namespaces?timeout=soon");
        Assert.Equal(HttpStatusCode.BadRequest, code);
        Assert.Equal("invalid timeout specified in the request URL", body.GetString("message"));
    }

    [Fact]
    public async Task Answers_are_not_to_be_kept_by_caches()
    {
        await using var server = await TestServer.StartAsync();
        using var answer = await server.Http.GetAsync("/api/v1/namespaces/absent");
        Assert.Equal("no-cache, private", answer.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task A_connection_asked_to_go_away_is_replaced_after_its_request()
    {
        await using var server = await HttpsTestServer.StartAsync((options, _) => options with { Serving = new ServingOptions { GoawayChance = 1 } });
        var connections = 0;
        using var handler = new SocketsHttpHandler
        {
            SslOptions = server.Tls(),
            ConnectCallback = async (context, cancellation) =>
            {
                Interlocked.Increment(ref connections);
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var client = new HttpClient(handler) { BaseAddress = server.Address };
        for (var i = 0; i < 3; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/namespaces/default")
            {
                Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            };
            using var answer = await client.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.InRange(connections, 2, 3);
    }

    private static async Task<string> ReadAsync(SslStream stream)
    {
        var (buffer, text) = (new byte[4096], "");
        while (!text.EndsWith("}\n", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer);
            if (read == 0)
                break;
            text += Encoding.UTF8.GetString(buffer, 0, read);
        }

        return text;
    }
}
