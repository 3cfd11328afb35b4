using Xebec.Kubelet.Runtime.Fake;

namespace Xebec.Testing.Nodes;

/// <summary>A node of a test's cluster: a real kubelet over a container runtime in memory.</summary>
public sealed class SimulatedNode
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly IDisposable _client;
    private readonly Task _running;
    private int _stopped;

    internal SimulatedNode(string name, Kubelet.Kubelet kubelet, FakeContainerRuntime runtime, IDisposable client)
    {
        (Name, Runtime, _client) = (name, runtime, client);
        _running = Task.Run(() => kubelet.RunAsync(_stopping.Token));
    }

    /// <summary>The node's name.</summary>
    public string Name { get; }

    /// <summary>The node's containers: end one, break the runtime, make image pulls fail.</summary>
    public FakeContainerRuntime Runtime { get; }

    /// <summary>
    /// The node goes silent, as when its machine loses power: no more heartbeats. After 40 seconds of <see cref="TestCluster.Time"/> the
    /// cluster calls it not ready.
    /// </summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0)
            return;
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Runtime.DisposeAsync();
        _client.Dispose();
        _stopping.Dispose();
    }
}
