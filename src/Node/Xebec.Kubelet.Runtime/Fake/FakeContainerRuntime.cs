using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Xebec.Kubelet.Runtime.Fake;

/// <summary>
/// A runtime in memory, for simulated nodes and the kubelet's tests: containers act as <see cref="Behavior"/> says, in the time of the
/// <see cref="TimeProvider"/>; pods get addresses from a range; logs are written where the pod's log folder exists. Streams
/// (exec, attach, port-forward) are Unimplemented.
/// </summary>
public sealed partial class FakeContainerRuntime(TimeProvider timeProvider, string podCidr = "10.244.0.0/16") : IContainerRuntime
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, FakeSandbox> _sandboxes = [];
    private readonly Dictionary<string, FakeContainer> _containers = [];
    private readonly Dictionary<string, string> _imageIds = [];
    private readonly FakeEvents _events = new();
    private readonly FakePodAddresses _addresses = new(IPNetwork.Parse(podCidr));
    private int _lastId;

    /// <summary>How a container acts, decided when it is created; its image is as the pod names it. Default: what its command plainly says.</summary>
    public Func<ContainerConfig, FakeContainerBehavior> Behavior { get; set; } = FakeContainerBehavior.FromCommand;

    /// <summary>The failure of an image's pull, null where it succeeds. Default: all succeed.</summary>
    public Func<string, RuntimeException?> PullError { get; set; } = _ => null;

    /// <summary>How long a pull takes.</summary>
    public TimeSpan PullTakes { get; set; }

    /// <summary>The failure of running a pod's sandbox, null where it succeeds. Default: all succeed.</summary>
    public Func<PodSandboxConfig, RuntimeException?> SandboxError { get; set; } = _ => null;

    /// <summary>While true every call fails with Unavailable, as if the daemon were down; containers go on running.</summary>
    public bool IsUnavailable { get; set; }

    /// <summary>What <see cref="StatusAsync"/> answers.</summary>
    public RuntimeStatus Status { get; set; } =
        new([new RuntimeCondition(RuntimeCondition.RuntimeReady, true), new RuntimeCondition(RuntimeCondition.NetworkReady, true)]);

    /// <inheritdoc/>
    public Task<RuntimeVersion> VersionAsync(CancellationToken cancellationToken = default) =>
        Answer(() => new RuntimeVersion("fake", "1.0.0", "v1"));

    /// <inheritdoc/>
    public Task<RuntimeStatus> StatusAsync(CancellationToken cancellationToken = default) => Answer(() => Status);

    /// <inheritdoc/>
    public Task UpdatePodCidrAsync(string podCidr, CancellationToken cancellationToken = default) => Answer(() => podCidr);

    /// <inheritdoc/>
    public IAsyncEnumerable<RuntimeEvent> WatchEventsAsync(CancellationToken cancellationToken = default) =>
        _events.WatchAsync(timeProvider.GetUtcNow(), cancellationToken);

    /// <summary>Makes every watcher list again, as after a lost connection.</summary>
    public void Resync() => Publish(RuntimeEventType.Resync, "");

    /// <summary>Ends all timers.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            foreach (var container in _containers.Values)
                container.Timer?.Dispose();
        }
        return ValueTask.CompletedTask;
    }

    private Task<T> Answer<T>(Func<T> work)
    {
        try
        {
            if (IsUnavailable)
                throw new RuntimeException(RuntimeErrorCode.Unavailable, "the container runtime is down");
            lock (_lock)
                return Task.FromResult(work());
        }
        catch (RuntimeException error)
        {
            return Task.FromException<T>(error);
        }
    }

    private void Publish(RuntimeEventType type, string id, int exitCode = 0) =>
        _events.Publish(new RuntimeEvent(type, id, timeProvider.GetUtcNow(), exitCode));

    /// <summary>As long as a real id, and the same in every run.</summary>
    private string NewId() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{podCidr} {++_lastId}")));

    private static RuntimeException NotFound(string kind, string id) => new(RuntimeErrorCode.NotFound, $"{kind} \"{id}\" does not exist");

    private static bool Matches(IReadOnlyDictionary<string, string> selector, IReadOnlyDictionary<string, string> labels) =>
        selector.All(wanted => labels.TryGetValue(wanted.Key, out var value) && value == wanted.Value);
}
