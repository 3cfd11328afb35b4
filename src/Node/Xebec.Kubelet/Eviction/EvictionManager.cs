using Microsoft.Extensions.Logging;
using Xebec.Kubelet.Containers;
using Xebec.Kubelet.Nodes;
using Xebec.Kubelet.Pleg;
using Xebec.Kubelet.PodWorkers;
using Xebec.Kubelet.Runtime;
using Xebec.Kubelet.Status;

namespace Xebec.Kubelet.Eviction;

/// <summary>Watches memory and disk: sets the node's pressure conditions, and evicts one pod at a time while either is short.</summary>
internal sealed class EvictionManager(NodeServices services, PodWorkerSet workers, Func<EvictionSignals> read, Action<NodePressure> report)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TransitionPeriod = TimeSpan.FromMinutes(5);
    private DateTimeOffset? _memoryShortAt;
    private DateTimeOffset? _diskShortAt;

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await CheckAsync(cancellation);
            }
            catch (Exception e) when (e is RuntimeException or IOException)
            {
                KubeletLog.LoopFailed(services.Logger, "eviction", e.Message);
            }

            await Task.Delay(Period, services.Time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The free memory and disk of this machine.</summary>
    public static EvictionSignals ReadMachine(string? folder)
    {
        var drive = folder is not null && Directory.Exists(folder) ? new DriveInfo(folder) : null;
        return new EvictionSignals(MachineFacts.MemInfo("MemAvailable:"), drive?.AvailableFreeSpace ?? -1, drive?.TotalSize ?? 0);
    }

    public async Task CheckAsync(CancellationToken cancellation)
    {
        var signals = read();
        var now = services.Time.GetUtcNow();
        _memoryShortAt = signals.IsMemoryShort ? now : _memoryShortAt;
        _diskShortAt = signals.IsDiskShort ? now : _diskShortAt;
        report(new NodePressure(now - _memoryShortAt < TransitionPeriod, now - _diskShortAt < TransitionPeriod, Pid: false));
        if (signals.IsMemoryShort)
            await EvictAsync("memory", await MemoryUseAsync(cancellation));
        else if (signals.IsDiskShort)
            await EvictAsync("ephemeral-storage", await DiskUseAsync(cancellation));
    }

    private Task EvictAsync(string resource, Dictionary<string, long> usage)
    {
        var candidates = workers.All
            .Where(w => w.Phase == PodPhaseOfWork.Syncing && w.Observed.HasRunningContainer)
            .Select(w => new EvictionCandidate(
                w.Pod, usage.GetValueOrDefault(w.Uid), w.Pod.Spec.Containers.Sum(
                    c => CgroupAmounts.Whole(c.Resources.Requests, resource))));
        if (EvictionRanking.Rank(candidates).FirstOrDefault() is not { } victim)
            return Task.CompletedTask;
        var message = $"The node was low on resource: {resource}. ";
        KubeletLog.Evicting(services.Logger, PodText.Name(victim.Pod), resource);
        services.Events.Warning(victim.Pod, "Evicted", message);
        workers.Find(victim.Pod.Metadata.Uid)?.Fail(new WaitReason("Evicted", message), graceSeconds: 0);
        return Task.CompletedTask;
    }

    private async Task<Dictionary<string, long>> MemoryUseAsync(CancellationToken cancellation)
    {
        var usage = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var stats in await services.Runtime.ListContainerStatsAsync(null, cancellation))
            Add(usage, stats.Labels, (long)(stats.Memory?.WorkingSetBytes ?? 0));
        return usage;
    }

    private async Task<Dictionary<string, long>> DiskUseAsync(CancellationToken cancellation)
    {
        var usage = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var stats in await services.Runtime.ListContainerStatsAsync(null, cancellation))
            Add(usage, stats.Labels, (long)(stats.WritableLayer?.UsedBytes ?? 0));
        return usage;
    }

    private static void Add(Dictionary<string, long> usage, IReadOnlyDictionary<string, string> labels, long bytes)
    {
        if (labels.TryGetValue(RuntimeLabels.PodUid, out var uid))
            usage[uid] = usage.GetValueOrDefault(uid) + bytes;
    }
}
