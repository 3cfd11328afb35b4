using Xebec.Api.Core.V1;
using Xebec.Api.Meta.V1;
using Xebec.Scheduler.Framework;
using Xebec.Scheduler.Plugins.NodeAffinity;
using Xebec.Scheduler.Plugins.TaintToleration;

namespace Xebec.Scheduler.Plugins.PodTopologySpread;

/// <summary>A topology spread constraint of a pod, ready to count. Immutable.</summary>
internal sealed class SpreadConstraint
{
    private readonly PodInfo _pod;
    private readonly bool _honorsAffinity;
    private readonly bool _honorsTaints;
    private readonly string _namespace;

    private SpreadConstraint(PodInfo pod, TopologySpreadConstraint constraint, Selector selector)
    {
        _pod = pod;
        _namespace = pod.Name.Namespace;
        MaxSkew = constraint.MaxSkew;
        TopologyKey = constraint.TopologyKey;
        MinDomains = constraint.MinDomains ?? 1;
        Selector = selector;
        _honorsAffinity = constraint.NodeAffinityPolicy is null or "Honor" && HasNodeSelection(pod.Pod.Spec);
        _honorsTaints = constraint.NodeTaintsPolicy == "Honor";
    }

    public int MaxSkew { get; }

    public string TopologyKey { get; }

    public int MinDomains { get; }

    public Selector Selector { get; }

    /// <summary>Whether every node counts, so that counts can be shared with other pods.</summary>
    public bool CountsAllNodes => !_honorsAffinity && !_honorsTaints;

    public string PolicyKey => $"{_honorsAffinity} {_honorsTaints}";

    /// <summary>Equal for constraints that count the same pods.</summary>
    public string PredicateKey => $"{_namespace}\n{Selector.Key}";

    public static SpreadConstraint[] Of(PodInfo pod, string whenUnsatisfiable)
    {
        var all = pod.Pod.Spec.TopologySpreadConstraints;
        if (all.Count == 0)
            return [];
        var wanted = all.FindAll(c => c.WhenUnsatisfiable == whenUnsatisfiable);
        return [.. wanted.ConvertAll(c => new SpreadConstraint(pod, c, SelectorOf(pod.Pod, c)))];
    }

    /// <summary>The constraints of a pod that has none: upstream's cluster defaults.</summary>
    public static SpreadConstraint[] Defaults(PodInfo pod, LabelSelector selector)
    {
        var compiled = new Selector(selector);
        return
        [
            new SpreadConstraint(pod, new TopologySpreadConstraint { TopologyKey = "kubernetes.io/hostname", MaxSkew = 3 }, compiled),
            new SpreadConstraint(pod, new TopologySpreadConstraint { TopologyKey = "topology.kubernetes.io/zone", MaxSkew = 5 }, compiled),
        ];
    }

    /// <summary>Whether the pods of a node count at all (KEP-3094).</summary>
    public bool CountsNode(NodeInfo node) =>
        (!_honorsAffinity || NodeSelectors.RequiredMatches(_pod.Pod.Spec, node.Node)) &&
        (!_honorsTaints || Tolerations.FirstUntolerated(_pod.Pod.Spec.Tolerations, node.HardTaints) is null);

    public bool CountsPod(PodInfo pod) =>
        !pod.IsTerminating && pod.Name.Namespace == _namespace && Selector.Matches(pod.Pod.Metadata.Labels);

    private static bool HasNodeSelection(PodSpec spec) =>
        spec.NodeSelector.Count > 0 || spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution is not null;

    /// <summary>The selector with the pod's own values of matchLabelKeys (KEP-3243).</summary>
    private static Selector SelectorOf(Pod pod, TopologySpreadConstraint constraint)
    {
        if (constraint.MatchLabelKeys.Count == 0 || constraint.LabelSelector is null)
            return new Selector(constraint.LabelSelector);
        var merged = constraint.LabelSelector.DeepClone();
        foreach (var key in constraint.MatchLabelKeys)
        {
            if (pod.Metadata.Labels.TryGetValue(key, out var value))
                merged.MatchExpressions.Add(new LabelSelectorRequirement { Key = key, Operator = "In", Values = [value] });
        }

        return new Selector(merged);
    }
}
