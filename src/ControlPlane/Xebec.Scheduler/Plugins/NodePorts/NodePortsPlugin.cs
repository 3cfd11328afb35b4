using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Plugins.NodePorts;

/// <summary>Two pods cannot have the same host port.</summary>
internal sealed class NodePortsPlugin : IPreFilterPlugin, IFilterPlugin, IEnqueueExtensions
{
    public const string PluginName = "NodePorts";
    private static readonly Status Taken = Status.Unschedulable(PluginName, "node(s) didn't have free ports for the requested pod ports");

    public string Name => PluginName;

    public bool IsNodeLocal => true;

    public ClusterEvents EventsToRegister => ClusterEvents.AssignedPodDelete | ClusterEvents.NodeAdd;

    public PreFilterResult PreFilter(CycleState state, PodInfo pod, Snapshot snapshot) =>
        pod.HostPorts.Length == 0 ? PreFilterResult.Skip : PreFilterResult.Success;

    public Status? Filter(CycleState state, PodInfo pod, NodeInfo node) => Conflict(pod.HostPorts, node.UsedPorts) ? Taken : null;

    public bool MayHelp(PodInfo pod, in ClusterChange change) => change.Pod is null || Conflict(pod.HostPorts, change.Pod.HostPorts);

    private static bool Conflict(HostPort[] wanted, HostPort[] used)
    {
        foreach (var port in wanted)
        {
            foreach (var other in used)
            {
                if (port.ConflictsWith(other))
                    return true;
            }
        }

        return false;
    }
}
