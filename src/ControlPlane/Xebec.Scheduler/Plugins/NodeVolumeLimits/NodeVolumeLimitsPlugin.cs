using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Framework;
using Xebec.Scheduler.Plugins.VolumeBinding;

namespace Xebec.Scheduler.Plugins.NodeVolumeLimits;

/// <summary>A node takes only as many volumes of a CSI driver as its CSINode object says.</summary>
internal sealed class NodeVolumeLimitsPlugin : IPreFilterPlugin, IFilterPlugin, IEnqueueExtensions
{
    public const string PluginName = "NodeVolumeLimits";
    private static readonly Status TooMany = Status.Unschedulable(PluginName, "node(s) exceed max volume count");

    public string Name => PluginName;

    public bool IsNodeLocal => false;

    public ClusterEvents EventsToRegister => ClusterEvents.Storage | ClusterEvents.AssignedPodDelete | ClusterEvents.NodeAdd;

    public PreFilterResult PreFilter(CycleState state, PodInfo pod, Snapshot snapshot)
    {
        var wanted = new HashSet<(string Driver, string Handle)>();
        AddVolumes(pod, snapshot.Objects, wanted);
        if (wanted.Count == 0)
            return PreFilterResult.Skip;
        state.Set(new WantedVolumes(wanted, snapshot.Objects));
        return PreFilterResult.Success;
    }

    public Status? Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        var wanted = state.Get<WantedVolumes>()!;
        if (wanted.Objects.CsiNode(node.Name) is not { } csiNode)
            return null;
        var used = new HashSet<(string Driver, string Handle)>(wanted.Volumes);
        foreach (var other in node.Pods)
            AddVolumes(other, wanted.Objects, used);
        foreach (var driver in csiNode.Spec.Drivers)
        {
            if (driver.Allocatable?.Count is { } limit && wanted.Volumes.Any(v => v.Driver == driver.Name) && used.Count(v => v.Driver == driver.Name) > limit)
                return TooMany;
        }

        return null;
    }

    public bool MayHelp(PodInfo pod, in ClusterChange change) => true;

    private static void AddVolumes(PodInfo pod, ClusterObjects objects, HashSet<(string Driver, string Handle)> volumes)
    {
        foreach (var (_, volume) in PodClaims.BoundOf(pod, objects))
        {
            if (volume.Spec.Csi is { } csi)
                volumes.Add((csi.Driver, csi.VolumeHandle));
        }
    }

    private sealed record WantedVolumes(HashSet<(string Driver, string Handle)> Volumes, ClusterObjects Objects) : IStateData
    {
        IStateData IStateData.Clone() => this;
    }
}
