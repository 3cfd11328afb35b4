using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Xebec.Api.Core.V1;
using Xebec.Client.Informers;
using Xebec.Client.Tests.Fakes;

namespace Xebec.Client.Tests.Informers;

/// <summary>What servers and networks do to informers besides losing connections. Each ends with a change that must arrive.</summary>
public sealed class FaultTests : IAsyncDisposable
{
    private readonly FakeApiServer _server = new();
    private readonly PauseClock _time = new();
    private readonly ApiClient _client;
    private readonly InformerFactory _factory;
    private readonly SharedInformer<ConfigMap> _informer;
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromSeconds(60), TimeProvider.System);

    public FaultTests()
    {
        _client = _server.NewClient(_time);
        _factory = new InformerFactory(_client, _time, NullLoggerFactory.Instance);
        _informer = _factory.For<ConfigMap>();
    }

    [Fact]
    public Task AListThatIsNeverAnsweredIsAskedForAgain() => ArrivesAsync(() => Hang(r => !IsWatch(r)));

    [Fact]
    public Task AWatchThatIsNeverAnsweredIsAskedForAgain() => ArrivesAsync(() => Hang(IsWatch));

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.BadGateway)]
    public Task RefusalsForAWhileAreOutlived(HttpStatusCode code) => ArrivesAsync(() => Answer(7, _ => true, () => Page(code, "<html>no</html>")));

    [Fact]
    public Task APageOfAProxyInThePlaceOfAListIsNoList() => ArrivesAsync(() => Answer(3, r => !IsWatch(r), () => Page(HttpStatusCode.OK, "<html>log in</html>")));

    [Fact]
    public Task APageOfAProxyInThePlaceOfAWatchIsNoWatch() => ArrivesAsync(() => Answer(3, IsWatch, () => Page(HttpStatusCode.OK, "<html>log in</html>\n")));

    [Fact]
    public Task AServerThatIsTooBusyIsAskedAgainWhenItSaid() => ArrivesAsync(() => Answer(15, IsWatch, () =>
    {
        var busy = Page(HttpStatusCode.TooManyRequests, "{}");
        busy.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(1));
        return busy;
    }));

    [Fact]
    public Task AFrameThatIsCutInTheMiddleIsReadWholeTheNextTime() => ArrivesAsync(() => Answer(
        1, IsWatch, () => Frames("{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"a\",\"namesp")));

    [Theory]
    [InlineData("nonsense\n")]
    [InlineData("{\"type\":\"MOVED\",\"object\":{}}\n")]
    [InlineData("{\"type\":\"ADDED\"}\n")]
    [InlineData("{\"object\":{\"metadata\":{}},\"kind\":\"Status\"}\n")]
    public Task AFrameThatIsNoneListsAgain(string frame) => ArrivesAsync(() => Answer(1, IsWatch, () => Frames(frame)));

    [Fact]
    public async Task AServerThatEndsEveryWatchAfterABookmarkIsNotAskedWithoutAPause()
    {
        const string Bookmark = """{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"100"}}}""";
        Answer(int.MaxValue, IsWatch, () => Frames(Bookmark + "\n"));
        _factory.Start(_stop.Token);
        await _time.Paused.WaitAsync(_stop.Token);
        Assert.Single(_server.Requests, r => r.Contains("watch", StringComparison.Ordinal));
        _server.Intercept = null;
        await CreateAndSeeAsync(new ChangeLog(_informer));
    }

    [Fact]
    public async Task AnIndexThatThrowsCostsTheObjectItThrowsFor()
    {
        var byColor = _informer.AddIndex((c, keys) => keys.Add(c.Metadata.Labels["color"]));
        var changes = new ChangeLog(_informer);
        _factory.Start(_stop.Token);
        await _client.CreateAsync(ApiClientTests.NewConfigMap("plain"));
        await changes.WaitAsync("+plain", _stop.Token);
        var red = ApiClientTests.NewConfigMap("red");
        red.Metadata.Labels["color"] = "red";
        red = await _client.CreateAsync(red);
        await changes.WaitAsync("+plain +red", _stop.Token);
        Assert.Equal("red", Assert.Single(byColor.Get("red")).Metadata.Name);
        red.Metadata.Labels.Clear();
        red = await _client.UpdateAsync(red);
        await changes.WaitAsync("+plain +red ~red", _stop.Token);
        Assert.Empty(byColor.Keys());
        red.Metadata.Labels["color"] = "blue";
        await _client.UpdateAsync(red);
        await changes.WaitAsync("+plain +red ~red ~red", _stop.Token);
        Assert.Equal(["blue"], byColor.Keys());
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _factory.StoppedAsync();
        _client.Dispose();
        _stop.Dispose();
    }

    private static bool IsWatch(HttpRequestMessage request) => request.RequestUri!.Query.Contains("watch", StringComparison.Ordinal);

    private static HttpResponseMessage Page(HttpStatusCode code, string body) => new(code) { Content = new StringContent(body, Encoding.UTF8, "text/html") };

    private static HttpResponseMessage Frames(string frames)
    {
        var body = Channel.CreateUnbounded<string>();
        body.Writer.TryWrite(frames);
        body.Writer.Complete();
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new FrameStream(body.Reader)) };
    }

    private async Task ArrivesAsync(Action fault)
    {
        fault();
        var changes = new ChangeLog(_informer);
        _factory.Start(_stop.Token);
        await CreateAndSeeAsync(changes);
    }

    private async Task CreateAndSeeAsync(ChangeLog changes)
    {
        await new ApiClient(new HttpMessageInvoker(_server, false), new ApiClientOptions { BaseAddress = new Uri("http://fake") }, TimeProvider.System)
            .CreateAsync(ApiClientTests.NewConfigMap("a"));
        // Whatever the informer waits for, a deadline or a pause, it is over soon.
        while (changes.Seen.Length == 0)
        {
            _stop.Token.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        Assert.Equal("+a", changes.Seen);
    }

    private void Answer(int times, Func<HttpRequestMessage, bool> which, Func<HttpResponseMessage> answer) =>
        _server.Intercept = r => r.Method == HttpMethod.Get && which(r) && times-- > 0 ? answer() : null;

    private void Hang(Func<HttpRequestMessage, bool> which)
    {
        var isFirst = true;
        _server.Hold = r =>
        {
            if (r.Method != HttpMethod.Get || !which(r) || !isFirst)
                return Task.CompletedTask;
            isFirst = false;
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
        };
    }
}
