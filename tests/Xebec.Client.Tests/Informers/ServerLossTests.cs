using Microsoft.Extensions.Logging.Abstractions;
using Xebec.Api.Core.V1;
using Xebec.Client.Informers;

namespace Xebec.Client.Tests.Informers;

/// <summary>Informers over HTTPS, when the network or the server fails them.</summary>
public sealed class ServerLossTests : IAsyncLifetime
{
    private const string Ns = "default";
    private readonly RestartableServer _server = new();
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromSeconds(60), TimeProvider.System);
    private ApiClient _client = null!;
    private InformerFactory _factory = null!;
    private SharedInformer<ConfigMap> _informer = null!;

    public async ValueTask InitializeAsync()
    {
        await _server.StartAsync();
        _client = _server.Connect(throughRelay: true);
        _factory = new InformerFactory(_client, TimeProvider.System, NullLoggerFactory.Instance);
        _informer = _factory.For<ConfigMap>(new InformerOptions(Ns));
    }

    [Fact]
    public async Task AHalfOpenConnectionIsFoundAndLeft()
    {
        var changes = await StartInformerAsync();
        _server.Relay.Silence();
        await CreateAsync("a");
        await changes.WaitAsync("+a", _stop.Token);
    }

    [Fact]
    public async Task AServerThatWasStartedAgainIsFollowedOn()
    {
        var changes = await StartInformerAsync();
        await CreateAsync("a");
        await changes.WaitAsync("+a", _stop.Token);
        await _server.StopAsync();
        await _server.StartAsync();
        await CreateAsync("b");
        await changes.WaitAsync("+a +b", _stop.Token);
    }

    [Fact]
    public async Task AServerWhoseStoreWasPutBackIsListedAgain()
    {
        await CreateAsync("kept");
        await _server.StopAsync();
        _server.BackUp();
        await _server.StartAsync();
        var changes = await StartInformerAsync();
        await CreateAsync("lost");
        for (var i = 0; i < 20; i++)
            await CreateAsync($"x{i}", "kube-public");
        await changes.WaitAsync("+kept +lost", _stop.Token);
        await _server.StopAsync();
        _server.Restore();
        await _server.StartAsync();
        await CreateAsync("new");
        await UntilAsync(() => _informer.Lister.Get(Ns, "lost") is null && _informer.Lister.Get(Ns, "new") is not null);
        Assert.NotNull(_informer.Lister.Get(Ns, "kept"));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _factory.StoppedAsync();
        _client.Dispose();
        await _server.DisposeAsync();
        _stop.Dispose();
    }

    private async Task<ChangeLog> StartInformerAsync()
    {
        var changes = new ChangeLog(_informer, name => name != "kube-root-ca.crt");
        _factory.Start(_stop.Token);
        await _factory.WaitForSyncAsync(_stop.Token);
        return changes;
    }

    private async Task CreateAsync(string name, string ns = Ns)
    {
        using var direct = _server.Connect(throughRelay: false);
        await direct.CreateAsync(new ConfigMap { Metadata = { Name = name, Namespace = ns } }, null, _stop.Token);
    }

    private async Task UntilAsync(Func<bool> condition)
    {
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _informer.AddHandler((_, _) =>
        {
            if (condition())
                changed.TrySetResult();
        });
        await changed.Task.WaitAsync(_stop.Token);
    }
}
