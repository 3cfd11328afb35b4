using System.Net;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xebec.Api.Core.V1;
using Xebec.Client.Informers;
using Xebec.Client.Tests.Fakes;

namespace Xebec.Client.Tests.Informers;

/// <summary>Informers when versions expire, and when the time passes that a watch may take.</summary>
public sealed class ExpiryTests : IAsyncDisposable
{
    private const string Gone =
        """{"kind":"Status","apiVersion":"v1","status":"Failure","code":410,"reason":"Expired","message":"too old resource version"}""";
    private readonly FakeApiServer _server = new();
    private readonly FakeTimeProvider _time = new();
    private readonly ApiClient _client;
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromSeconds(60), TimeProvider.System);
    private readonly List<InformerFactory> _factories = [];

    public ExpiryTests() => _client = _server.NewClient();

    [Fact]
    public async Task AnExpiryInTheMiddleOfAWatchListsAgain()
    {
        var changes = await StartAsync(TimeProvider.System);
        await _client.CreateAsync(ApiClientTests.NewConfigMap("a"));
        await changes.WaitAsync("+a", _stop.Token);
        _server.SendToWatches("{\"type\":\"ERROR\",\"object\":" + Gone + "}\n");
        await _client.CreateAsync(ApiClientTests.NewConfigMap("b"));
        await changes.WaitAsync("+a +b", _stop.Token);
        await _server.UntilAsync(() => _server.Requests.Count(r => r.Contains("limit=1000", StringComparison.Ordinal)) == 2, _stop.Token);
    }

    [Fact]
    public async Task AnExpiryAsTheAnswerToAWatchListsAgain()
    {
        var refusals = 1;
        _server.Intercept = r => IsWatch(r) && refusals-- > 0 ? Answer(HttpStatusCode.Gone, Gone) : null;
        var changes = await StartAsync(TimeProvider.System);
        await _client.CreateAsync(ApiClientTests.NewConfigMap("a"));
        await changes.WaitAsync("+a", _stop.Token);
        Assert.Equal(2, _server.Requests.Count(r => r.Contains("limit=1000", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task APageThatExpiredIsListedWithoutPages()
    {
        await _client.CreateAsync(ApiClientTests.NewConfigMap("a"));
        _server.Intercept = r => r.RequestUri!.Query switch
        {
            var q when q.Contains("continue=", StringComparison.Ordinal) => Answer(HttpStatusCode.Gone, Gone),
            var q when q.Contains("limit=1000", StringComparison.Ordinal) =>
                Answer(HttpStatusCode.OK, """{"kind":"ConfigMapList","metadata":{"resourceVersion":"1","continue":"more"},"items":[]}"""),
            _ => null,
        };
        var changes = await StartAsync(TimeProvider.System);
        await changes.WaitAsync("+a", _stop.Token);
    }

    [Fact]
    public async Task AWatchThatHangsForGoodIsLeftWhenItsTimeIsOver()
    {
        var hanging = Channel.CreateUnbounded<string>();
        var hangs = 1;
        _server.Intercept = r => IsWatch(r) && hangs-- > 0
            ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new FrameStream(hanging.Reader)) }
            : null;
        var changes = await StartAsync(_time);
        await _server.UntilAsync(() => hangs == 0, _stop.Token);
        await _client.CreateAsync(ApiClientTests.NewConfigMap("a"));
        // The clock jumps, as when a laptop wakes: first past the watch's time, then past the pause before the next try.
        while (!changes.Seen.Contains("+a", StringComparison.Ordinal))
        {
            _stop.Token.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromMinutes(11));
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var factory in _factories)
            await factory.StoppedAsync();
        _client.Dispose();
        _stop.Dispose();
    }

    private static bool IsWatch(HttpRequestMessage request) => request.RequestUri!.Query.Contains("watch", StringComparison.Ordinal);

    private static HttpResponseMessage Answer(HttpStatusCode code, string body) =>
        new(code) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private async Task<ChangeLog> StartAsync(TimeProvider time)
    {
        var factory = new InformerFactory(_client, time, NullLoggerFactory.Instance);
        _factories.Add(factory);
        var changes = new ChangeLog(factory.For<ConfigMap>());
        factory.Start(_stop.Token);
        await factory.WaitForSyncAsync(_stop.Token);
        return changes;
    }
}
