using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>How pods are spread, and which pods they are near or far from: constraints and affinity terms.</summary>
internal static class SpreadRules
{
    private const string InBoth = "exists in both matchLabelKeys and labelSelector";

    public static void CheckConstraint(ObjectValue constraint, CheckContext context)
    {
        var action = constraint.GetString("whenUnsatisfiable") ?? "";
        if (action is not ("DoNotSchedule" or "ScheduleAnyway"))
            context.NotSupported("whenUnsatisfiable", action, ["DoNotSchedule", "ScheduleAnyway"]);
        if (constraint["minDomains"]?.AsInt64() is { } domains && action != "DoNotSchedule")
        {
            var message = $"can only use minDomains if whenUnsatisfiable=DoNotSchedule, not {action}";
            context.Invalid("minDomains", domains, message);
        }

        CheckLabelKeys(constraint, context);
    }

    /// <summary>One constraint for each key and action. The walk stands on the pod's spec.</summary>
    public static void CheckPairs(ListValue? constraints, CheckContext context)
    {
        var pairs = (constraints ?? []).Select(Pair).ToArray();
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < pairs.Length; i++)
        {
            if (pairs[i] is { } known)
                last[known] = i;
        }

        for (var i = 0; i < pairs.Length; i++)
        {
            if (pairs[i] is not { } pair || last[pair] == i)
                continue;
            var path = context.At("topologySpreadConstraints").Index(i).Child("{topologyKey, whenUnsatisfiable}");
            context.Add(FieldError.Duplicate(path, pair));
        }
    }

    public static void CheckAffinityTerm(ObjectValue term, CheckContext context)
    {
        foreach (var item in term.GetList("namespaces") ?? [])
        {
            var ns = item.AsString() ?? "";
            context.CheckText("namespace", ns, NameRules.DnsLabel(ns));
        }

        CheckLabelKeys(term, context);
        var (same, other) = (term.GetList("matchLabelKeys"), term.GetList("mismatchLabelKeys"));
        for (var i = 0; i < (same?.Count ?? 0); i++)
        {
            if (other?.Any(k => k.DeepEquals(same![i])) == true)
                context.AddInvalid(context.At("matchLabelKeys").Index(i), same![i], ["exists in both matchLabelKeys and mismatchLabelKeys"]);
        }
    }

    private static void CheckLabelKeys(ObjectValue owner, CheckContext context)
    {
        var selector = owner.GetObject("labelSelector");
        CheckNames(owner, "matchLabelKeys", selector, context);
        CheckNames(owner, "mismatchLabelKeys", selector, context);
        if (selector is not null && owner.GetList("matchLabelKeys") is { Count: > 0 } keys)
            CheckSelector(keys, selector, context);
    }

    private static void CheckNames(ObjectValue owner, string field, ObjectValue? selector, CheckContext context)
    {
        if (owner.GetList(field) is not { Count: > 0 } keys)
            return;
        if (selector is null)
        {
            context.Forbidden(field, "must not be specified when labelSelector is not set");
            return;
        }

        for (var i = 0; i < keys.Count; i++)
        {
            if (NameRules.QualifiedName(keys[i].AsString() ?? "") is { Count: > 0 } messages)
                context.AddInvalid(context.At(field).Index(i), keys[i], messages);
        }
    }

    // The selector has the requirement that was made from the key already: a second one is the client's.
    private static void CheckSelector(ListValue keys, ObjectValue selector, CheckContext context)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, _) in selector.GetObject("matchLabels") ?? [])
            seen.Add(key);
        foreach (var item in selector.GetList("matchExpressions") ?? [])
        {
            var key = item.AsObject()?.GetString("key") ?? "";
            var at = LastIndex(keys, key);
            if (!seen.Add(key) && at >= 0)
                context.AddInvalid(context.Here.Index(at), key, [InBoth]);
        }
    }

    private static int LastIndex(ListValue keys, string key)
    {
        for (var i = keys.Count - 1; i >= 0; i--)
        {
            if (keys[i].AsString() == key)
                return i;
        }

        return -1;
    }

    private static string? Pair(Value constraint) => constraint is ObjectValue c
        ? $"{{{c.GetString("topologyKey")}, {c.GetString("whenUnsatisfiable")}}}"
        : null;
}
