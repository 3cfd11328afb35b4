using System.Runtime.InteropServices;
using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Framework;
using Xebec.Scheduler.Topology;

namespace Xebec.Scheduler.Plugins.InterPodAffinity;

/// <summary>Pods that want to be near other pods, or away from them.</summary>
internal sealed class InterPodAffinityPlugin
    : IPreFilterPlugin, IPreFilterExtensions, IFilterPlugin, IPreScorePlugin, IScorePlugin, IScoreExtensions, IEnqueueExtensions
{
    public const string PluginName = "InterPodAffinity";

    /// <summary>What a running pod's required affinity to the new one weighs.</summary>
    private const int HardPodAffinityWeight = 1;
    private static readonly Status ExistingAntiAffinity = Status.Unschedulable(PluginName, "node(s) didn't satisfy existing pods anti-affinity rules");
    private static readonly Status NoAffinity = Status.Unresolvable(PluginName, "node(s) didn't match pod affinity rules");
    private static readonly Status AntiAffinity = Status.Unschedulable(PluginName, "node(s) didn't match pod anti-affinity rules");
    private readonly DomainCountsCache _counts = new();
    private readonly RecentCache<TermSums> _termsAgainst = new(32);
    private readonly RecentCache<TermSums> _preferences = new(32);
    private Func<string, Dictionary<string, string>?> _namespaceLabels = static _ => null;

    public string Name => PluginName;

    public bool IsNodeLocal => false;

    public ClusterEvents EventsToRegister =>
        ClusterEvents.AssignedPodAdd | ClusterEvents.AssignedPodDelete | ClusterEvents.NodeAdd | ClusterEvents.NodeUpdate |
        ClusterEvents.NamespaceUpdate | ClusterEvents.PodUpdate;

    public PreFilterResult PreFilter(CycleState state, PodInfo pod, Snapshot snapshot)
    {
        _namespaceLabels = snapshot.Objects.NamespaceLabels;
        var existing = ExistingTermsAgainst(pod, snapshot);
        if (existing.Count == 0 && pod.RequiredAffinityTerms.Length == 0 && pod.RequiredAntiAffinityTerms.Length == 0)
            return PreFilterResult.Skip;
        var all = pod.RequiredAffinityTerms;
        state.Set(new AffinityFilterState(
            Array.ConvertAll(all, term => View(term.TopologyKey, all, snapshot)),
            Array.ConvertAll(pod.RequiredAntiAffinityTerms, term => View(term.TopologyKey, [term], snapshot)),
            existing));
        return PreFilterResult.Success;
    }

    public void ReplaceNode(CycleState state, PodInfo pod, NodeInfo before, NodeInfo after)
    {
        if (state.Get<AffinityFilterState>() is not { } affinity)
            return;
        foreach (var view in affinity.Affinity)
            view.ReplaceNode(before, after);
        foreach (var view in affinity.AntiAffinity)
            view.ReplaceNode(before, after);
        AddTermsAgainst(pod, before, -1, affinity.Existing);
        AddTermsAgainst(pod, after, 1, affinity.Existing);
    }

    public Status? Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        var affinity = state.Get<AffinityFilterState>()!;
        if (!SatisfiesAffinity(affinity, pod, node))
            return NoAffinity;
        foreach (var view in affinity.AntiAffinity)
        {
            if (node.Labels.TryGetValue(view.TopologyKey, out var value) && view.CountIn(value) > 0)
                return AntiAffinity;
        }

        return IsKeptOut(affinity.Existing, node) ? ExistingAntiAffinity : null;
    }

    public bool PreScore(CycleState state, PodInfo pod, Snapshot snapshot, ReadOnlySpan<int> feasible)
    {
        if (pod.PreferredAffinityTerms.Length + pod.PreferredAntiAffinityTerms.Length + snapshot.PodsWithAffinity == 0)
            return false;
        _namespaceLabels = snapshot.Objects.NamespaceLabels;
        var own = new List<(DomainView, int)>();
        foreach (var term in pod.PreferredAffinityTerms)
            own.Add((View(term.TopologyKey, [term], snapshot), term.Weight));
        foreach (var term in pod.PreferredAntiAffinityTerms)
            own.Add((View(term.TopologyKey, [term], snapshot), -term.Weight));
        var others = ExistingPreferences(pod, snapshot);
        if (others.Count == 0 && own.TrueForAll(o => o.Item1.IsEmpty))
            return false;
        state.Set(new AffinityScoreState([.. own], others));
        return true;
    }

    public long Score(CycleState state, PodInfo pod, NodeInfo node, int nodeIndex)
    {
        var affinity = state.Get<AffinityScoreState>()!;
        long score = 0;
        foreach (var (view, weight) in affinity.Own)
        {
            if (node.Labels.TryGetValue(view.TopologyKey, out var value))
                score += (long)weight * view.CountIn(value);
        }

        if (affinity.Others.Count == 0)
            return score;
        foreach (var (key, value) in node.Labels)
            score += affinity.Others.GetValueOrDefault((key, value));
        return score;
    }

    public void NormalizeScore(CycleState state, Snapshot snapshot, ReadOnlySpan<int> feasible, Span<long> scores)
    {
        var (min, max) = (long.MaxValue, long.MinValue);
        foreach (var score in scores)
            (min, max) = (Math.Min(min, score), Math.Max(max, score));
        foreach (ref var score in scores)
            score = max == min ? 0 : (long)(Normalization.MaxNodeScore * ((double)(score - min) / (max - min)));
    }

    public bool MayHelp(PodInfo pod, in ClusterChange change)
    {
        if (change.Pod is not { } other)
            return true;
        if (change.Event == ClusterEvents.AssignedPodAdd)
            return MatchesAll(pod.RequiredAffinityTerms, other);
        return Array.Exists(pod.RequiredAntiAffinityTerms, t => t.Matches(other.Pod, _namespaceLabels)) ||
            Array.Exists(other.RequiredAntiAffinityTerms, t => t.Matches(pod.Pod, _namespaceLabels));
    }

    private bool SatisfiesAffinity(AffinityFilterState state, PodInfo pod, NodeInfo node)
    {
        var isFound = true;
        foreach (var view in state.Affinity)
        {
            if (!node.Labels.TryGetValue(view.TopologyKey, out var value))
                return false;
            isFound &= view.CountIn(value) > 0;
        }

        // The first pod of a group that wants to be near itself may go anywhere.
        return isFound ||
            (Array.TrueForAll(state.Affinity, v => v.IsEmpty) && Array.TrueForAll(pod.RequiredAffinityTerms, t => t.Matches(pod.Pod, _namespaceLabels)));
    }

    private static bool IsKeptOut(Dictionary<(string Key, string Value), long> existing, NodeInfo node)
    {
        if (existing.Count == 0)
            return false;
        foreach (var (key, value) in node.Labels)
        {
            if (existing.GetValueOrDefault((key, value)) > 0)
                return true;
        }

        return false;
    }

    private DomainView View(string topologyKey, AffinityTerm[] terms, Snapshot snapshot)
    {
        if (Array.TrueForAll(terms, t => t.PredicateKey is not null))
            return new DomainView(_counts.For(topologyKey, string.Join('\n', terms.Select(t => t.PredicateKey)), snapshot, pod => MatchesAll(terms, pod)));
        // Which namespaces a selector means can change without any node changing, so these counts are not kept.
        return new DomainView(new DomainCounts(topologyKey, pod => MatchesAll(terms, pod)).Update(snapshot));
    }

    private bool MatchesAll(AffinityTerm[] terms, PodInfo pod)
    {
        foreach (var term in terms)
        {
            if (!term.Matches(pod.Pod, _namespaceLabels))
                return false;
        }

        return terms.Length > 0;
    }

    private Dictionary<(string Key, string Value), long> ExistingTermsAgainst(PodInfo pod, Snapshot snapshot) =>
        snapshot.PodsWithRequiredAntiAffinity == 0
            ? []
            : _termsAgainst.Get(pod.LabelsKey, () => new TermSums((node, found) => CollectTermsAgainst(pod, node, found)))
                .Update(snapshot, static node => node.PodsWithRequiredAntiAffinity > 0);

    private Dictionary<(string Key, string Value), long> ExistingPreferences(PodInfo pod, Snapshot snapshot) =>
        snapshot.PodsWithAffinity == 0
            ? []
            : _preferences.Get(pod.LabelsKey, () => new TermSums((node, found) => CollectPreferences(pod, node, found)))
                .Update(snapshot, static node => node.PodsWithAffinity > 0);

    private void AddTermsAgainst(PodInfo pod, NodeInfo node, int sign, Dictionary<(string, string), long> terms)
    {
        var found = new List<(string Key, long Weight)>();
        CollectTermsAgainst(pod, node, found);
        foreach (var (key, weight) in found)
        {
            if (node.Labels.TryGetValue(key, out var value))
                CollectionsMarshal.GetValueRefOrAddDefault(terms, (key, value), out _) += sign * weight;
        }
    }

    private bool CollectTermsAgainst(PodInfo pod, NodeInfo node, List<(string Key, long Weight)> found)
    {
        var isStable = true;
        foreach (var other in node.Pods)
            isStable &= Collect(other.RequiredAntiAffinityTerms, static _ => 1, pod, found);
        return isStable;
    }

    private bool CollectPreferences(PodInfo pod, NodeInfo node, List<(string Key, long Weight)> found)
    {
        var isStable = true;
        foreach (var other in node.Pods)
        {
            isStable &= Collect(other.RequiredAffinityTerms, static _ => HardPodAffinityWeight, pod, found);
            isStable &= Collect(other.PreferredAffinityTerms, static term => term.Weight, pod, found);
            isStable &= Collect(other.PreferredAntiAffinityTerms, static term => -term.Weight, pod, found);
        }

        return isStable;
    }

    /// <summary>Finds a running pod's terms that are about the new pod; false when namespaces' labels have a say in that.</summary>
    private bool Collect(AffinityTerm[] terms, Func<AffinityTerm, long> weightOf, PodInfo pod, List<(string Key, long Weight)> found)
    {
        var isStable = true;
        foreach (var term in terms)
        {
            isStable &= term.PredicateKey is not null;
            if (term.Matches(pod.Pod, _namespaceLabels))
                found.Add((term.TopologyKey, weightOf(term)));
        }

        return isStable;
    }
}
