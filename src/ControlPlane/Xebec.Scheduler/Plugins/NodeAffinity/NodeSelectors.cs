using System.Globalization;
using Xebec.Api.Core.V1;

namespace Xebec.Scheduler.Plugins.NodeAffinity;

/// <summary>Matches node selectors to nodes.</summary>
internal static class NodeSelectors
{
    /// <summary>Whether a node has what spec.nodeSelector and the required node affinity ask for.</summary>
    public static bool RequiredMatches(PodSpec spec, Node node)
    {
        foreach (var (key, value) in spec.NodeSelector)
        {
            if (!node.Metadata.Labels.TryGetValue(key, out var have) || have != value)
                return false;
        }

        return spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution is not { } required || Matches(required, node);
    }

    /// <summary>Whether any of the terms matches.</summary>
    public static bool Matches(NodeSelector selector, Node node)
    {
        foreach (var term in selector.NodeSelectorTerms)
        {
            if (Matches(term, node))
                return true;
        }

        return false;
    }

    /// <summary>Whether all requirements of a term hold; an empty term matches nothing.</summary>
    public static bool Matches(NodeSelectorTerm term, Node node)
    {
        if (term.MatchExpressions.Count == 0 && term.MatchFields.Count == 0)
            return false;
        foreach (var requirement in term.MatchExpressions)
        {
            if (!Matches(requirement, node.Metadata.Labels.GetValueOrDefault(requirement.Key)))
                return false;
        }

        foreach (var requirement in term.MatchFields)
        {
            if (requirement.Key != "metadata.name" || !Matches(requirement, node.Metadata.Name))
                return false;
        }

        return true;
    }

    private static bool Matches(NodeSelectorRequirement requirement, string? value) => requirement.Operator switch
    {
        "In" => value is not null && requirement.Values.Contains(value),
        "NotIn" => value is null || !requirement.Values.Contains(value),
        "Exists" => value is not null,
        "DoesNotExist" => value is null,
        "Gt" => Compare(value, requirement) > 0,
        "Lt" => Compare(value, requirement) < 0,
        _ => false,
    };

    private static int Compare(string? value, NodeSelectorRequirement requirement) =>
        requirement.Values.Count == 1 &&
        long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var have) &&
        long.TryParse(requirement.Values[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var bound)
            ? have.CompareTo(bound)
            : 0;
}
