using System.Net;
using System.Net.Sockets;
using HelloXebec;
using Xebec.Host.Demo;

namespace Xebec.Host.Tests.Demo;

public sealed class HelloServerTests : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly HelloServer _server = new("7");
    private readonly HttpClient _http;
    private readonly Task _running;

    public HelloServerTests()
    {
        _running = _server.RunAsync(_listener, _stop.Token);
        _http = new HttpClient { BaseAddress = new Uri($"http://{_listener.LocalEndpoint}/") };
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _http.Dispose();
        _listener.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task AnswersItsNameOverKeptConnections()
    {
        for (var i = 0; i < 3; i++)
            Assert.Equal($"Hello from {Environment.MachineName}, version 7\n", await _http.GetStringAsync(""));
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync("nothing")).StatusCode);
    }

    [Fact]
    public async Task DrainingFailsReadinessButStillAnswers()
    {
        Assert.Equal("ok\n", await _http.GetStringAsync("healthz"));
        _server.IsDraining = true;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _http.GetAsync("healthz")).StatusCode);
        var answer = await _http.GetAsync("");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.ConnectionClose);
    }

    [Fact]
    public async Task AnswersAreCollectedUntilEnoughDiffer() =>
        Assert.Single(await new DemoAnswers(_http.BaseAddress!, TimeProvider.System).CollectAsync(1, default));
}
