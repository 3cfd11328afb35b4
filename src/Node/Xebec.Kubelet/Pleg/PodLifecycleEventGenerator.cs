using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Pleg;

/// <summary>
/// Notices what changes in the runtime: its event stream says when to look, a listing says what changed, and a regular listing
/// is the safety net where the stream breaks.
/// </summary>
internal sealed class PodLifecycleEventGenerator(
    IContainerRuntime runtime, TimeSpan relistPeriod, TimeProvider time, ILogger logger, Action<string> podChanged)
{
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SettlePeriod = TimeSpan.FromMilliseconds(20);
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Dictionary<string, int> _fingerprints = new(StringComparer.Ordinal);
    private volatile IReadOnlyCollection<string> _knownUids = [];

    /// <summary>When the runtime last answered a listing; null before it did.</summary>
    public DateTimeOffset? LastRelist { get; private set; }

    /// <summary>The uids of the pods that the runtime had something of at the last listing.</summary>
    public IReadOnlyCollection<string> KnownUids => _knownUids;

    public Task RunAsync(CancellationToken cancellation) => Task.WhenAll(ReadEventsAsync(cancellation), RelistLoopAsync(cancellation));

    /// <summary>Lists everything and reports each pod that is not as it was.</summary>
    public async Task RelistAsync(CancellationToken cancellation)
    {
        var sandboxes = await runtime.ListPodSandboxesAsync(null, cancellation);
        var containers = await runtime.ListContainersAsync(null, cancellation);
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var sandbox in sandboxes)
            Add(found, sandbox.Labels, HashCode.Combine(sandbox.Id, sandbox.State));
        foreach (var container in containers)
            Add(found, container.Labels, HashCode.Combine(container.Id, container.State));
        var before = _fingerprints;
        _fingerprints = found;
        _knownUids = found.Keys;
        LastRelist = time.GetUtcNow();
        foreach (var (uid, fingerprint) in found)
        {
            if (!before.TryGetValue(uid, out var old) || old != fingerprint)
                podChanged(uid);
        }

        foreach (var uid in before.Keys)
        {
            if (!found.ContainsKey(uid))
                podChanged(uid);
        }
    }

    private static void Add(Dictionary<string, int> found, IReadOnlyDictionary<string, string> labels, int hash)
    {
        if (labels.TryGetValue(RuntimeLabels.PodUid, out var uid))
            found[uid] = found.GetValueOrDefault(uid) + hash;
    }

    private async Task ReadEventsAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await foreach (var _ in runtime.WatchEventsAsync(cancellation))
                    _wake.Writer.TryWrite(true);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                KubeletLog.RuntimeUnreachable(logger, e.Message);
            }
            catch (OperationCanceledException)
            {
            }

            await Task.Delay(RetryPeriod, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RelistLoopAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await RelistAsync(cancellation);
                await WaitAsync(cancellation);
                await Task.Delay(SettlePeriod, time, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                KubeletLog.RuntimeUnreachable(logger, e.Message);
                await Task.Delay(RetryPeriod, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task WaitAsync(CancellationToken cancellation)
    {
        using var period = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var timer = time.CreateTimer(
            static state => ((CancellationTokenSource)state!).Cancel(), period, relistPeriod, Timeout.InfiniteTimeSpan);
        try
        {
            await _wake.Reader.ReadAsync(period.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
        }
    }
}
