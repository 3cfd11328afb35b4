using Xebec.Api.Core.V1;
using Xebec.Scheduler.Framework;
using Xebec.Scheduler.Plugins.TaintToleration;

namespace Xebec.Scheduler.Plugins.NodeUnschedulable;

/// <summary>Keeps pods off cordoned nodes, unless they tolerate that.</summary>
internal sealed class NodeUnschedulablePlugin : IFilterPlugin, IEnqueueExtensions
{
    public const string PluginName = "NodeUnschedulable";
    private static readonly Status Unschedulable = Status.Unresolvable(PluginName, "node(s) were unschedulable");
    private static readonly Taint UnschedulableTaint = new() { Key = "node.kubernetes.io/unschedulable", Effect = "NoSchedule" };

    public string Name => PluginName;

    public bool IsNodeLocal => true;

    public ClusterEvents EventsToRegister => ClusterEvents.NodeAdd | ClusterEvents.NodeUpdate | ClusterEvents.PodUpdate;

    public Status? Filter(CycleState state, PodInfo pod, NodeInfo node) =>
        !node.Node.Spec.Unschedulable || Tolerations.Tolerate(pod.Pod.Spec.Tolerations, UnschedulableTaint) ? null : Unschedulable;

    public bool MayHelp(PodInfo pod, in ClusterChange change) => change.Node is null || Filter(new(), pod, change.Node) is null;
}
