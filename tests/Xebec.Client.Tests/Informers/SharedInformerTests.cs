using Microsoft.Extensions.Logging.Abstractions;
using Xebec.Api.Core.V1;
using Xebec.Client.Informers;
using Xebec.Client.Tests.Fakes;

namespace Xebec.Client.Tests.Informers;

public sealed class SharedInformerTests : IAsyncDisposable
{
    private readonly FakeApiServer _server = new();
    private readonly ApiClient _client;
    private readonly InformerFactory _factory;
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromSeconds(60), TimeProvider.System);

    public SharedInformerTests()
    {
        _client = _server.NewClient();
        _factory = new InformerFactory(_client, TimeProvider.System, NullLoggerFactory.Instance);
    }

    [Fact]
    public async Task ShowsWhatExistsAndWhatChanges()
    {
        await _client.CreateAsync(ApiClientTests.NewConfigMap("a"));
        var informer = _factory.For<ConfigMap>();
        var changes = new ChangeLog(informer);
        await StartAsync();
        Assert.NotNull(informer.Lister.Get("ns", "a"));
        await _client.CreateAsync(ApiClientTests.NewConfigMap("b"));
        await _client.DeleteAsync<ConfigMap>("ns", "a");
        await changes.WaitAsync("+a +b -a", _stop.Token);
        Assert.Equal("b", Assert.Single(informer.Lister.List("ns")).Metadata.Name);
    }

    [Fact]
    public async Task GoesOnAfterALostConnection()
    {
        var informer = _factory.For<ConfigMap>();
        var changes = new ChangeLog(informer);
        await StartAsync();
        _server.DropWatches();
        await _client.CreateAsync(ApiClientTests.NewConfigMap("a"));
        await changes.WaitAsync("+a", _stop.Token);
        Assert.Single(_server.Requests, r => r.Contains("limit=1000", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ListsAgainWhenItsVersionExpired()
    {
        var informer = _factory.For<ConfigMap>();
        var changes = new ChangeLog(informer);
        await _client.CreateAsync(ApiClientTests.NewConfigMap("a"));
        await StartAsync();
        await changes.WaitAsync("+a", _stop.Token);
        _server.Intercept = r =>
            r.RequestUri!.Query.Contains("watch", StringComparison.Ordinal) ? new(System.Net.HttpStatusCode.ServiceUnavailable) : null;
        _server.DropWatches();
        await _client.DeleteAsync<ConfigMap>("ns", "a");
        await _client.CreateAsync(ApiClientTests.NewConfigMap("b"));
        _server.Compacted = 103;
        _server.Intercept = null;
        await changes.WaitAsync("+a +b -a", _stop.Token);
    }

    [Fact]
    public async Task SurvivesAHandlerThatThrowsAndAServerThatIsNotThereYet()
    {
        var failures = 3;
        _server.Intercept = _ => failures-- > 0 ? throw new HttpRequestException("connection refused") : null;
        var informer = _factory.For<ConfigMap>();
        informer.AddHandler((_, _) => throw new InvalidOperationException("a bug"));
        var changes = new ChangeLog(informer);
        await StartAsync();
        await _client.CreateAsync(ApiClientTests.NewConfigMap("a"));
        await changes.WaitAsync("+a", _stop.Token);
    }

    [Fact]
    public async Task AnObjectThatWasReplacedIsDeletedAndAdded()
    {
        var informer = _factory.For<ConfigMap>();
        await _client.CreateAsync(ApiClientTests.NewConfigMap("a"));
        await StartAsync();
        var changes = new ChangeLog(informer);
        var other = informer.Lister.Get("ns", "a")!.DeepClone();
        other.Metadata.Uid = "another";
        other.Metadata.ResourceVersion = "999";
        informer.Replace([other]);
        await changes.WaitAsync("+a -a +a", _stop.Token);
    }

    [Fact]
    public async Task IndexesFollowEveryChange()
    {
        var informer = _factory.For<ConfigMap>();
        var byColor = informer.AddIndex((c, keys) => keys.AddRange(c.Metadata.Labels.Values));
        var changes = new ChangeLog(informer);
        await StartAsync();
        var red = ApiClientTests.NewConfigMap("a");
        red.Metadata.Labels["color"] = "red";
        red = await _client.CreateAsync(red);
        await changes.WaitAsync("+a", _stop.Token);
        Assert.Single(byColor.Get("red"));
        red.Metadata.Labels["color"] = "blue";
        await _client.UpdateAsync(red);
        await changes.WaitAsync("+a ~a", _stop.Token);
        Assert.Empty(byColor.Get("red"));
        Assert.Equal(["blue"], byColor.Keys());
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _factory.StoppedAsync();
        _stop.Dispose();
    }

    private async Task StartAsync()
    {
        _factory.Start(_stop.Token);
        await _factory.WaitForSyncAsync(_stop.Token);
    }
}
