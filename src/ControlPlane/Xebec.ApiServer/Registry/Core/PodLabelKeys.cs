using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Core;

/// <summary>
/// matchLabelKeys and mismatchLabelKeys name labels whose values the pod itself gives: a new pod's selectors get them as requirements
/// (KEP-3633 for affinity, KEP-3243 for spreading).
/// </summary>
internal static class PodLabelKeys
{
    private static readonly string[] Affinities = ["podAffinity", "podAntiAffinity"];

    /// <summary>Adds the requirements to the selectors of a new pod.</summary>
    public static void Resolve(ObjectValue pod)
    {
        if (pod.GetObject("spec") is not { } spec || pod.GetObject("metadata")?.GetObject("labels") is not { } labels)
            return;
        foreach (var name in Affinities)
            ResolveAffinity(spec.GetObject("affinity")?.GetObject(name), labels);
        foreach (var constraint in spec.GetList("topologySpreadConstraints") ?? [])
            ResolveOwner(constraint.AsObject(), labels);
    }

    private static void ResolveAffinity(ObjectValue? affinity, ObjectValue labels)
    {
        foreach (var term in affinity?.GetList("requiredDuringSchedulingIgnoredDuringExecution") ?? [])
            ResolveOwner(term.AsObject(), labels);
        foreach (var term in affinity?.GetList("preferredDuringSchedulingIgnoredDuringExecution") ?? [])
            ResolveOwner(term.AsObject()?.GetObject("podAffinityTerm"), labels);
    }

    private static void ResolveOwner(ObjectValue? owner, ObjectValue labels)
    {
        if (owner?.GetObject("labelSelector") is not { } selector)
            return;
        Add(selector, owner.GetList("matchLabelKeys"), "In", labels);
        Add(selector, owner.GetList("mismatchLabelKeys"), "NotIn", labels);
    }

    private static void Add(ObjectValue selector, ListValue? keys, string operation, ObjectValue labels)
    {
        foreach (var item in keys ?? [])
        {
            if (item.AsString() is not { } key || labels.GetString(key) is not { } value)
                continue;
            if (selector.GetList("matchExpressions") is not { } expressions)
                selector["matchExpressions"] = expressions = new ListValue();
            expressions.Add(new ObjectValue { { "key", key }, { "operator", operation }, { "values", new ListValue([value]) } });
        }
    }
}
