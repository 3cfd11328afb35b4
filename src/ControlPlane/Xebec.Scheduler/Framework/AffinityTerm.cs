using Xebec.Api.Core.V1;

namespace Xebec.Scheduler.Framework;

/// <summary>A pod affinity or anti-affinity term, ready to match pods. Immutable.</summary>
internal sealed class AffinityTerm
{
    private readonly string[] _namespaces;
    private readonly Selector? _namespaceSelector;

    private AffinityTerm(Pod owner, PodAffinityTerm term, int weight)
    {
        Selector = new Selector(term.LabelSelector);
        TopologyKey = term.TopologyKey;
        Weight = weight;
        _namespaceSelector = term.NamespaceSelector is null ? null : new Selector(term.NamespaceSelector);
        _namespaces = term.Namespaces.Count == 0 && _namespaceSelector is null ? [owner.Metadata.Namespace] : [.. term.Namespaces];
        PredicateKey = _namespaceSelector is null ? $"{string.Join(',', _namespaces)}\n{Selector.Key}" : null;
    }

    public Selector Selector { get; }

    /// <summary>Equal for terms that match the same pods; null when that depends on the labels of namespaces.</summary>
    public string? PredicateKey { get; }

    public string TopologyKey { get; }

    /// <summary>From 1 to 100 for a preferred term, 0 for a required one.</summary>
    public int Weight { get; }

    public static AffinityTerm[] Of(Pod owner, List<PodAffinityTerm>? terms) =>
        terms is null or { Count: 0 } ? [] : [.. terms.Select(t => new AffinityTerm(owner, t, 0))];

    public static AffinityTerm[] Of(Pod owner, List<WeightedPodAffinityTerm>? terms) =>
        terms is null or { Count: 0 } ? [] : [.. terms.Where(t => t.Weight != 0).Select(t => new AffinityTerm(owner, t.PodAffinityTerm, t.Weight))];

    /// <summary>Whether the term is about this pod.</summary>
    /// <param name="pod">The pod, the namespace of which has the labels.</param>
    /// <param name="namespaceLabels">The labels of a namespace; null when it is not known.</param>
    public bool Matches(Pod pod, Func<string, Dictionary<string, string>?> namespaceLabels) =>
        MatchesNamespace(pod.Metadata.Namespace, namespaceLabels) && Selector.Matches(pod.Metadata.Labels);

    private bool MatchesNamespace(string ns, Func<string, Dictionary<string, string>?> namespaceLabels) =>
        Array.IndexOf(_namespaces, ns) >= 0 ||
        (_namespaceSelector is not null && _namespaceSelector.Matches(namespaceLabels(ns) ?? []));
}
