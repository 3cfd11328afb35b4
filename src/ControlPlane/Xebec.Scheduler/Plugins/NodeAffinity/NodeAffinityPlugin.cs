using Xebec.Api.Core.V1;
using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Plugins.NodeAffinity;

/// <summary>Holds pods to spec.nodeSelector and the required node affinity, and ranks nodes by the preferred one.</summary>
internal sealed class NodeAffinityPlugin : IPreFilterPlugin, IFilterPlugin, IPreScorePlugin, IScorePlugin, IScoreExtensions, IEnqueueExtensions
{
    public const string PluginName = "NodeAffinity";
    private static readonly Status Mismatch = Status.Unresolvable(PluginName, "node(s) didn't match Pod's node affinity/selector");
    private static readonly Status Conflict = Status.Unresolvable(PluginName, "pod affinity terms conflict");

    public string Name => PluginName;

    public bool IsNodeLocal => true;

    public ClusterEvents EventsToRegister => ClusterEvents.NodeAdd | ClusterEvents.NodeUpdate | ClusterEvents.PodUpdate;

    public PreFilterResult PreFilter(CycleState state, PodInfo pod, Snapshot snapshot)
    {
        var spec = pod.Pod.Spec;
        var required = spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution;
        if (required is null)
            return spec.NodeSelector.Count == 0 ? PreFilterResult.Skip : PreFilterResult.Success;
        var names = NodeNamesOf(required);
        return names is { Count: 0 } ? new PreFilterResult(Conflict) : new PreFilterResult(null, names);
    }

    public Status? Filter(CycleState state, PodInfo pod, NodeInfo node) =>
        NodeSelectors.RequiredMatches(pod.Pod.Spec, node.Node) ? null : Mismatch;

    public bool PreScore(CycleState state, PodInfo pod, Snapshot snapshot, ReadOnlySpan<int> feasible) =>
        pod.Pod.Spec.Affinity?.NodeAffinity?.PreferredDuringSchedulingIgnoredDuringExecution is { Count: > 0 };

    public long Score(CycleState state, PodInfo pod, NodeInfo node, int nodeIndex)
    {
        long sum = 0;
        foreach (var term in pod.Pod.Spec.Affinity!.NodeAffinity!.PreferredDuringSchedulingIgnoredDuringExecution)
        {
            if (NodeSelectors.Matches(term.Preference, node.Node))
                sum += term.Weight;
        }

        return sum;
    }

    public void NormalizeScore(CycleState state, Snapshot snapshot, ReadOnlySpan<int> feasible, Span<long> scores) =>
        Normalization.Default(scores, reverse: false);

    public bool MayHelp(PodInfo pod, in ClusterChange change) => change.Node is null || Filter(new(), pod, change.Node) is null;

    /// <summary>The nodes that the terms name, as a DaemonSet's pods do; null unless every term names some.</summary>
    private static HashSet<string>? NodeNamesOf(NodeSelector selector)
    {
        HashSet<string>? names = null;
        foreach (var term in selector.NodeSelectorTerms)
        {
            HashSet<string>? ofTerm = null;
            foreach (var field in term.MatchFields)
            {
                if (field.Key != "metadata.name" || field.Operator != "In")
                    continue;
                if (ofTerm is null)
                    ofTerm = [.. field.Values];
                else
                    ofTerm.IntersectWith(field.Values);
            }

            if (ofTerm is null)
                return null;
            (names ??= []).UnionWith(ofTerm);
        }

        return names;
    }
}
