using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Selectors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission.Matching;

/// <summary>Which requests a webhook, a policy or a binding is about: rules, exclusions and selectors, compiled. Immutable.</summary>
internal sealed class MatchCriteria
{
    private readonly ResourceRule[] _rules;
    private readonly ResourceRule[] _excluded;
    private readonly LabelSelector _namespaces;
    private readonly LabelSelector _objects;
    private readonly bool _isExact;
    private readonly bool _isUnrestricted;

    private MatchCriteria(ObjectValue tree, string rules, bool isUnrestricted)
    {
        _rules = ResourceRule.ReadAll(tree.GetList(rules));
        _excluded = ResourceRule.ReadAll(tree.GetList("excludeResourceRules"));
        _namespaces = Selector(tree, "namespaceSelector");
        _objects = Selector(tree, "objectSelector");
        _isExact = tree.GetString("matchPolicy") == "Exact";
        _isUnrestricted = isUnrestricted && _rules.Length == 0;
    }

    /// <summary>The criteria of a webhook.</summary>
    public static MatchCriteria OfWebhook(ObjectValue webhook) => new(webhook, "rules", isUnrestricted: false);

    /// <summary>The matchConstraints of a policy; null, as absent, matches nothing.</summary>
    public static MatchCriteria OfPolicy(ObjectValue? constraints) => new(constraints ?? [], "resourceRules", isUnrestricted: false);

    /// <summary>The matchResources of a binding; without rules, whatever its policy matches.</summary>
    public static MatchCriteria OfBinding(ObjectValue? resources) => new(resources ?? [], "resourceRules", isUnrestricted: true);

    /// <summary>The resource a request matches as: its own, or an equivalent one that a rule names; null when it does not match.</summary>
    public ResourceInfo? Find(AdmissionRequest request, MatchContext context)
    {
        if (_isUnrestricted)
            return MatchesSelectors(request, context) && FindIn(_excluded, request, context) is null ? request.Resource : null;
        var found = FindIn(_rules, request, context);
        return found is not null && FindIn(_excluded, request, context) is null && MatchesSelectors(request, context) ? found : null;
    }

    private ResourceInfo? FindIn(ResourceRule[] rules, AdmissionRequest request, MatchContext context)
    {
        foreach (var rule in rules)
        {
            if (rule.Matches(request, request.Resource))
                return request.Resource;
        }

        return _isExact || rules.Length == 0 ? null : FindEquivalent(rules, request, context);
    }

    private static ResourceInfo? FindEquivalent(ResourceRule[] rules, AdmissionRequest request, MatchContext context)
    {
        var equivalents = context.Equivalents.Of(request.Resource);
        foreach (var rule in equivalents.Length > 1 ? rules : [])
        {
            foreach (var other in equivalents)
            {
                if (other.Info != request.Resource && rule.Matches(request, other.Info))
                    return other.Info;
            }
        }

        return null;
    }

    private bool MatchesSelectors(AdmissionRequest request, MatchContext context) =>
        (_namespaces.IsEverything || context.NamespaceLabels(request) is not { } labels || _namespaces.Matches(labels)) &&
        (_objects.IsEverything || MatchesObject(request.Object) || MatchesObject(request.OldObject));

    // What has no metadata (the options of a connect) has no labels to select by.
    private bool MatchesObject(ObjectValue? item) => item?.GetObject("metadata") is { } metadata && _objects.Matches(metadata.GetObject("labels"));

    private static LabelSelector Selector(ObjectValue tree, string name) =>
        tree.GetObject(name) is { } selector ? LabelSelector.FromTree(selector) : LabelSelector.Everything;
}
