using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Plugins.NodeResources;

/// <summary>
/// Prefers nodes where the pod evens out how much of the CPU and of the memory is asked for. As of v1.36 the change counts: 75 for
/// none, 100 for the best, 50 for the worst.
/// </summary>
internal sealed class NodeResourcesBalancedAllocationPlugin : IPreScorePlugin, IScorePlugin
{
    public const string PluginName = "NodeResourcesBalancedAllocation";

    public string Name => PluginName;

    public bool IsNodeLocal => true;

    public bool PreScore(CycleState state, PodInfo pod, Snapshot snapshot, ReadOnlySpan<int> feasible) =>
        pod.Requests.MilliCpu > 0 || pod.Requests.MemoryBytes > 0;

    public long Score(CycleState state, PodInfo pod, NodeInfo node, int nodeIndex)
    {
        var improvement = Deviation(node.Requested, default, node.Allocatable) - Deviation(node.Requested, pod.Requests, node.Allocatable);
        return (long)((0.75 + (improvement / 2)) * Normalization.MaxNodeScore);
    }

    private static double Deviation(in Resource used, in Resource wanted, in Resource total)
    {
        if (total.MilliCpu == 0 || total.MemoryBytes == 0)
            return 0;
        var cpu = Math.Min(1, (double)(used.MilliCpu + wanted.MilliCpu) / total.MilliCpu);
        var memory = Math.Min(1, (double)(used.MemoryBytes + wanted.MemoryBytes) / total.MemoryBytes);
        return Math.Abs(cpu - memory) / 2;
    }
}
