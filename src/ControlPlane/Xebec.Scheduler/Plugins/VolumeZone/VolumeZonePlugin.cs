using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Framework;
using Xebec.Scheduler.Plugins.VolumeBinding;

namespace Xebec.Scheduler.Plugins.VolumeZone;

/// <summary>A pod goes to the zone and region that its volumes' labels name.</summary>
internal sealed class VolumeZonePlugin : IPreFilterPlugin, IFilterPlugin, IEnqueueExtensions
{
    public const string PluginName = "VolumeZone";
    private static readonly Status OtherZone = Status.Unresolvable(PluginName, "node(s) had no available volume zone");

    private static readonly string[] TopologyLabels =
    [
        "topology.kubernetes.io/zone", "topology.kubernetes.io/region",
        "failure-domain.beta.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/region",
    ];

    public string Name => PluginName;

    public bool IsNodeLocal => false;

    public ClusterEvents EventsToRegister => ClusterEvents.Storage | ClusterEvents.NodeAdd | ClusterEvents.NodeUpdate;

    public PreFilterResult PreFilter(CycleState state, PodInfo pod, Snapshot snapshot)
    {
        var labels = new List<(string, string[])>();
        foreach (var (_, volume) in PodClaims.BoundOf(pod, snapshot.Objects))
        {
            foreach (var key in TopologyLabels)
            {
                if (volume.Metadata.Labels.TryGetValue(key, out var values))
                    labels.Add((key, values.Split("__")));
            }
        }

        if (labels.Count == 0)
            return PreFilterResult.Skip;
        state.Set(new WantedLabels([.. labels]));
        return PreFilterResult.Success;
    }

    public Status? Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        if (!Array.Exists(TopologyLabels, node.Labels.ContainsKey))
            return null;
        foreach (var (key, values) in state.Get<WantedLabels>()!.Labels)
        {
            if (!node.Labels.TryGetValue(key, out var value) || Array.IndexOf(values, value) < 0)
                return OtherZone;
        }

        return null;
    }

    public bool MayHelp(PodInfo pod, in ClusterChange change) => true;

    private sealed record WantedLabels((string Key, string[] Values)[] Labels) : IStateData
    {
        IStateData IStateData.Clone() => this;
    }
}
