using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Plugins.NodeResources;

/// <summary>A pod fits where its requests are free; nodes with more left free are preferred (LeastAllocated).</summary>
internal sealed class NodeResourcesFitPlugin : IFilterPlugin, IScorePlugin, IEnqueueExtensions
{
    public const string PluginName = "NodeResourcesFit";

    public string Name => PluginName;

    public bool IsNodeLocal => true;

    public ClusterEvents EventsToRegister => ClusterEvents.AssignedPodDelete | ClusterEvents.NodeAdd | ClusterEvents.NodeUpdate | ClusterEvents.PodUpdate;

    public Status? Filter(CycleState state, PodInfo pod, NodeInfo node) => Fits(pod, node) ? null : Insufficient(pod, node);

    public long Score(CycleState state, PodInfo pod, NodeInfo node, int nodeIndex)
    {
        var (wanted, used, total) = (pod.NonZeroRequests, node.NonZeroRequested, node.Allocatable);
        var (sum, weight) = (0L, 0);
        Add(total.MilliCpu, used.MilliCpu + wanted.MilliCpu, ref sum, ref weight);
        Add(total.MemoryBytes, used.MemoryBytes + wanted.MemoryBytes, ref sum, ref weight);
        return weight == 0 ? 0 : sum / weight;
    }

    public bool MayHelp(PodInfo pod, in ClusterChange change)
    {
        if (change.Node is { } node)
            return CouldEverFit(pod, node) && (change.OldNode is not { } old || HasMore(old, node) || !CouldEverFit(pod, old));
        return true;
    }

    private static bool Fits(PodInfo pod, NodeInfo node)
    {
        var (wanted, used, total) = (pod.Requests, node.Requested, node.Allocatable);
        return node.Pods.Length < node.AllowedPods &&
            (wanted.MilliCpu == 0 || used.MilliCpu + wanted.MilliCpu <= total.MilliCpu) &&
            (wanted.MemoryBytes == 0 || used.MemoryBytes + wanted.MemoryBytes <= total.MemoryBytes) &&
            (wanted.EphemeralStorageBytes == 0 || used.EphemeralStorageBytes + wanted.EphemeralStorageBytes <= total.EphemeralStorageBytes) &&
            (wanted.Scalars.IsEmpty || FirstMissing(pod, node) is null);
    }

    private static string? FirstMissing(PodInfo pod, NodeInfo node)
    {
        foreach (var scalar in pod.Requests.Scalars)
        {
            if (scalar.Amount > 0 && node.Requested.Scalar(scalar.Name) + scalar.Amount > node.Allocatable.Scalar(scalar.Name))
                return scalar.Name;
        }

        return null;
    }

    private static Status Insufficient(PodInfo pod, NodeInfo node)
    {
        var (wanted, used, total) = (pod.Requests, node.Requested, node.Allocatable);
        var reasons = new List<string>(1);
        var isResolvable = true;
        if (node.Pods.Length >= node.AllowedPods)
            reasons.Add("Too many pods");
        Check("cpu", wanted.MilliCpu, used.MilliCpu, total.MilliCpu, reasons, ref isResolvable);
        Check("memory", wanted.MemoryBytes, used.MemoryBytes, total.MemoryBytes, reasons, ref isResolvable);
        Check("ephemeral-storage", wanted.EphemeralStorageBytes, used.EphemeralStorageBytes, total.EphemeralStorageBytes, reasons, ref isResolvable);
        foreach (var scalar in wanted.Scalars)
            Check(scalar.Name, scalar.Amount, used.Scalar(scalar.Name), total.Scalar(scalar.Name), reasons, ref isResolvable);
        return isResolvable ? Status.Unschedulable(PluginName, [.. reasons]) : Status.Unresolvable(PluginName, [.. reasons]);
    }

    private static void Check(string resource, long wanted, long used, long total, List<string> reasons, ref bool isResolvable)
    {
        if (wanted == 0 || used + wanted <= total)
            return;
        reasons.Add($"Insufficient {resource}");
        isResolvable &= wanted <= total;
    }

    private static bool CouldEverFit(PodInfo pod, NodeInfo node) => Fits(pod, NodeInfo.Of(node.Node));

    private static bool HasMore(NodeInfo old, NodeInfo node)
    {
        var (before, after) = (old.Allocatable, node.Allocatable);
        if (node.AllowedPods > old.AllowedPods || after.MilliCpu > before.MilliCpu || after.MemoryBytes > before.MemoryBytes ||
            after.EphemeralStorageBytes > before.EphemeralStorageBytes)
            return true;
        foreach (var scalar in after.Scalars)
        {
            if (scalar.Amount > before.Scalar(scalar.Name))
                return true;
        }

        return false;
    }

    private static void Add(long total, long used, ref long sum, ref int weight)
    {
        if (total == 0)
            return;
        sum += used > total ? 0 : (total - used) * Normalization.MaxNodeScore / total;
        weight++;
    }
}
