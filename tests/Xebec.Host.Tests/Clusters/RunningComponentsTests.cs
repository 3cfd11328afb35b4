using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xebec.ComponentBase.Certificates;
using Xebec.ComponentBase.Metrics;
using Xebec.Host.Clusters;

namespace Xebec.Host.Tests.Clusters;

public sealed class RunningComponentsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _events = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ComponentsStopInTheOppositeOrder()
    {
        await using (var running = new RunningComponents(NullLogger.Instance))
            await running.StartAsync([Row("store"), Row("apiserver"), Row("kubelet")], Context, default);

        Assert.Equal(["+store", "+apiserver", "+kubelet", "-kubelet", "-apiserver", "-store"], _events);
    }

    [Fact]
    public async Task OneThatFailsToStopDoesNotKeepTheOthers()
    {
        var bad = new ComponentEntry("bad", (_, _) => Task.FromResult<IAsyncDisposable>(new Stopper(() => throw new IOException())));
        await using (var running = new RunningComponents(NullLogger.Instance))
            await running.StartAsync([Row("store"), bad], Context, default);

        Assert.Equal(["+store", "-store"], _events);
    }

    [Fact]
    public async Task LoopThatFailsIsStartedAgainAndEndsWhenDisposed()
    {
        var runs = 0;
        var (failed, again) = (new TaskCompletionSource(), new TaskCompletionSource());
        var entry = BackgroundComponent.Entry("loop", async (_, cancellationToken) =>
        {
            if (++runs == 1)
            {
                failed.SetResult();
                throw new IOException("once");
            }

            again.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        });
        await using var running = new RunningComponents(NullLogger.Instance);
        await running.StartAsync([entry], Context, default);
        await failed.Task;
        while (!again.Task.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(2, runs);
    }

    private ComponentContext Context => new(
        new ClusterOptions { DataFolder = new DataFolder(_folder.Path) }, ClusterState.Create(6443, "node1"),
        ClusterCertificates.Open(_folder.Path, _time), new MetricsRegistry(), NullLoggerFactory.Instance, _time);

    private ComponentEntry Row(string name) => new(name, (_, _) =>
    {
        _events.Add("+" + name);
        return Task.FromResult<IAsyncDisposable>(new Stopper(() => _events.Add("-" + name)));
    });

    private sealed class Stopper(Action stop) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            stop();
            return ValueTask.CompletedTask;
        }
    }
}
