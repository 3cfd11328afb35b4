using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Plugins.TaintToleration;

/// <summary>Keeps pods off nodes with taints that they do not tolerate, and prefers nodes without PreferNoSchedule taints.</summary>
internal sealed class TaintTolerationPlugin : IFilterPlugin, IScorePlugin, IScoreExtensions, IEnqueueExtensions
{
    public const string PluginName = "TaintToleration";
    private static readonly Status Untolerated = Status.Unresolvable(PluginName, "node(s) had untolerated taint(s)");

    public string Name => PluginName;

    public bool IsNodeLocal => true;

    public ClusterEvents EventsToRegister => ClusterEvents.NodeAdd | ClusterEvents.NodeUpdate | ClusterEvents.PodUpdate;

    public Status? Filter(CycleState state, PodInfo pod, NodeInfo node) =>
        Tolerations.FirstUntolerated(pod.Pod.Spec.Tolerations, node.HardTaints) is null ? null : Untolerated;

    public long Score(CycleState state, PodInfo pod, NodeInfo node, int nodeIndex)
    {
        long untolerated = 0;
        foreach (var taint in node.PreferNoScheduleTaints)
        {
            if (!ToleratesPreference(pod, taint))
                untolerated++;
        }

        return untolerated;
    }

    public void NormalizeScore(CycleState state, Snapshot snapshot, ReadOnlySpan<int> feasible, Span<long> scores) =>
        Normalization.Default(scores, reverse: true);

    public bool MayHelp(PodInfo pod, in ClusterChange change) => change.Node is null || Filter(new(), pod, change.Node) is null;

    private static bool ToleratesPreference(PodInfo pod, Api.Core.V1.Taint taint) => Tolerations.Tolerate(pod.Pod.Spec.Tolerations, taint);
}
