using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Framework;
using Xebec.Scheduler.Topology;

namespace Xebec.Scheduler.Plugins.PodTopologySpread;

/// <summary>Spreads pods over topology domains, as their constraints say (KEP-895) or, softly, by default.</summary>
internal sealed class PodTopologySpreadPlugin
    : IPreFilterPlugin, IPreFilterExtensions, IFilterPlugin, IPreScorePlugin, IScorePlugin, IScoreExtensions, IEnqueueExtensions
{
    public const string PluginName = "PodTopologySpread";
    private const string Hostname = "kubernetes.io/hostname";
    private const string NoMatch = "node(s) didn't match pod topology spread constraints";
    private static readonly Status Skewed = Status.Unschedulable(PluginName, NoMatch);
    private static readonly Status MissingLabel = Status.Unresolvable(PluginName, NoMatch + " (missing required label)");
    private readonly DomainCountsCache _counts = new();

    public string Name => PluginName;

    public bool IsNodeLocal => false;

    public ClusterEvents EventsToRegister =>
        ClusterEvents.AssignedPodAdd | ClusterEvents.AssignedPodDelete | ClusterEvents.NodeAdd | ClusterEvents.NodeUpdate | ClusterEvents.PodUpdate;

    public PreFilterResult PreFilter(CycleState state, PodInfo pod, Snapshot snapshot)
    {
        var constraints = SpreadConstraint.Of(pod, "DoNotSchedule");
        if (constraints.Length == 0)
            return PreFilterResult.Skip;
        state.Set(new SpreadFilterState(constraints, Array.ConvertAll(Count(constraints, pod, snapshot, needsAllLabels: true), c => new DomainView(c))));
        return PreFilterResult.Success;
    }

    public void ReplaceNode(CycleState state, PodInfo pod, NodeInfo before, NodeInfo after) => state.Get<SpreadFilterState>()?.ReplaceNode(before, after);

    public Status? Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        var spread = state.Get<SpreadFilterState>()!;
        for (var i = 0; i < spread.Constraints.Length; i++)
        {
            var constraint = spread.Constraints[i];
            if (!node.Labels.TryGetValue(constraint.TopologyKey, out var value))
                return MissingLabel;
            var self = constraint.Selector.Matches(pod.Pod.Metadata.Labels) ? 1 : 0;
            if (spread.Views[i].CountIn(value) + self - spread.FewestIn(i) > constraint.MaxSkew)
                return Skewed;
        }

        return null;
    }

    public bool PreScore(CycleState state, PodInfo pod, Snapshot snapshot, ReadOnlySpan<int> feasible)
    {
        var isOwn = pod.Pod.Spec.TopologySpreadConstraints.Count > 0;
        var constraints = isOwn ? SpreadConstraint.Of(pod, "ScheduleAnyway")
            : snapshot.Objects.DefaultSelector(pod.Pod) is { } selector ? SpreadConstraint.Defaults(pod, selector) : [];
        if (constraints.Length == 0)
            return false;
        var spread = new SpreadScoreState(constraints, Count(constraints, pod, snapshot, isOwn), new double[constraints.Length], isOwn);
        for (var i = 0; i < constraints.Length; i++)
            spread.Weights[i] = Math.Log(DomainsAmong(spread, i, snapshot, feasible) + 2);
        state.Set(spread);
        return true;
    }

    public long Score(CycleState state, PodInfo pod, NodeInfo node, int nodeIndex)
    {
        var spread = state.Get<SpreadScoreState>()!;
        if (spread.Ignores(node))
            return 0;
        var score = 0.0;
        for (var i = 0; i < spread.Constraints.Length; i++)
        {
            var constraint = spread.Constraints[i];
            if (spread.Counts[i].DomainOn(nodeIndex) is not (>= 0 and var domain))
                continue;
            var pods = constraint.TopologyKey == Hostname ? spread.Counts[i].CountOn(nodeIndex) : spread.Counts[i].CountIn(domain);
            score += (pods * spread.Weights[i]) + (constraint.MaxSkew - 1);
        }

        return (long)Math.Round(score);
    }

    public void NormalizeScore(CycleState state, Snapshot snapshot, ReadOnlySpan<int> feasible, Span<long> scores)
    {
        var spread = state.Get<SpreadScoreState>()!;
        var (min, max) = (long.MaxValue, 0L);
        for (var i = 0; i < scores.Length; i++)
        {
            if (!spread.Ignores(snapshot.Nodes[feasible[i]]))
                (min, max) = (Math.Min(min, scores[i]), Math.Max(max, scores[i]));
        }

        for (var i = 0; i < scores.Length; i++)
        {
            if (spread.Ignores(snapshot.Nodes[feasible[i]]))
                scores[i] = 0;
            else
                scores[i] = max == 0 ? Normalization.MaxNodeScore : Normalization.MaxNodeScore * (max + min - scores[i]) / max;
        }
    }

    public bool MayHelp(PodInfo pod, in ClusterChange change)
    {
        if (change.Pod is not { } other)
            return true;
        var constraints = SpreadConstraint.Of(pod, "DoNotSchedule");
        return Array.Exists(constraints, c => other.Name.Namespace == pod.Name.Namespace && c.Selector.Matches(other.Pod.Metadata.Labels));
    }

    /// <summary>Counts each constraint's pods; nodes that a policy leaves out, or that lack a label, are in no domain.</summary>
    private DomainCounts[] Count(SpreadConstraint[] constraints, PodInfo pod, Snapshot snapshot, bool needsAllLabels)
    {
        var needsLabels = needsAllLabels && constraints.Length > 1;
        var labels = needsLabels ? string.Join(',', constraints.Select(c => c.TopologyKey)) : "";
        return Array.ConvertAll(constraints, constraint => constraint.CountsAllNodes && !needsLabels
            ? _counts.For(constraint.TopologyKey, constraint.PredicateKey, snapshot, constraint.CountsPod)
            : _counts.For(
                constraint.TopologyKey, $"{constraint.PredicateKey}\n{constraint.PolicyKey}\n{labels}\n{pod.Signature}", snapshot, constraint.CountsPod,
                node => constraint.CountsNode(node) && (!needsLabels || Array.TrueForAll(constraints, c => node.Labels.ContainsKey(c.TopologyKey)))));
    }

    /// <summary>How many domains of a constraint the feasible nodes are in.</summary>
    private static int DomainsAmong(SpreadScoreState spread, int constraint, Snapshot snapshot, ReadOnlySpan<int> feasible)
    {
        var counts = spread.Counts[constraint];
        if (counts.TopologyKey == Hostname && !spread.NeedsAllLabels)
            return feasible.Length;
        Span<bool> seen = counts.DomainCount < 256 ? stackalloc bool[counts.DomainCount + 1] : new bool[counts.DomainCount + 1];
        var domains = 0;
        foreach (var index in feasible)
        {
            if (spread.Ignores(snapshot.Nodes[index]))
                continue;
            // All nodes without the label are a domain of their own, the last place.
            ref var isSeen = ref seen[counts.DomainOn(index) is >= 0 and var domain ? domain : counts.DomainCount];
            domains += isSeen ? 0 : 1;
            isSeen = true;
        }

        return domains;
    }
}
