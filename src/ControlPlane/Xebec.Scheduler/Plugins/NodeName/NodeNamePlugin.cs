using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Plugins.NodeName;

/// <summary>A pod that names a node fits on that one only.</summary>
internal sealed class NodeNamePlugin : IFilterPlugin, IEnqueueExtensions
{
    public const string PluginName = "NodeName";
    private static readonly Status Mismatch = Status.Unresolvable(PluginName, "node(s) didn't match the requested node name");

    public string Name => PluginName;

    public bool IsNodeLocal => true;

    public ClusterEvents EventsToRegister => ClusterEvents.NodeAdd;

    public Status? Filter(CycleState state, PodInfo pod, NodeInfo node) =>
        pod.Pod.Spec.NodeName.Length == 0 || pod.Pod.Spec.NodeName == node.Name ? null : Mismatch;

    public bool MayHelp(PodInfo pod, in ClusterChange change) => change.Node is null || Filter(new(), pod, change.Node) is null;
}
