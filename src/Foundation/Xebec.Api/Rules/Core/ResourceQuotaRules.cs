using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>ResourceQuotas: what they limit, and whose use of it they count.</summary>
internal static class ResourceQuotaRules
{
    private const string WrongResource = "unsupported scope applied to resource";

    private const string MustExist = "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, "
        + "ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort "
        + "or ResourceQuotaScopeCrossNamespacePodAffinity";

    public static void Check(ObjectValue spec, CheckContext context)
    {
        ResourceNameRules.CheckList(spec, "hard", ResourceNameRules.CheckOfQuota, context);
        var hard = (spec.GetObject("hard") ?? []).Select(h => h.Key).Where(ResourceNames.IsStandardForQuota).ToArray();
        var scopes = spec.GetList("scopes");
        foreach (var scope in scopes ?? [])
            CheckScope(scope.AsString() ?? "", hard, "scopes", scopes!, "scopes", scopes!, context);
        CheckConflicts(scopes?.Select(s => s.AsString()), "scopes", scopes, context);
        if (spec.GetObject("scopeSelector") is { } selector)
            CheckSelector(selector, hard, scopes, context);
    }

    public static void CheckStatus(ObjectValue status, CheckContext context)
    {
        ResourceNameRules.CheckList(status, "hard", ResourceNameRules.CheckOfQuota, context);
        ResourceNameRules.CheckList(status, "used", ResourceNameRules.CheckOfQuota, context);
    }

    public static void CheckUpdate(ObjectValue updated, ObjectValue stored, string subresource, CheckContext context)
    {
        var (now, before) = (Scopes(updated), Scopes(stored));
        if (now.ToHashSet(StringComparer.Ordinal).SetEquals(before))
            return;
        context.Enter("spec");
        context.Invalid("scopes", updated.GetObject("spec")?["scopes"], "field is immutable");
        context.Leave();
    }

    private static IEnumerable<string> Scopes(ObjectValue quota) =>
        (quota.GetObject("spec")?.GetList("scopes") ?? []).Select(s => s.AsString() ?? "");

    private static void CheckSelector(ObjectValue selector, string[] hard, ListValue? scopes, CheckContext context)
    {
        var requirements = selector.GetList("matchExpressions") ?? [];
        context.Enter("scopeSelector");
        foreach (var item in requirements)
        {
            var requirement = item.AsObject() ?? [];
            var scope = requirement.GetString("scopeName") ?? "";
            context.Enter("matchExpressions");
            CheckScope(scope, hard, "scopeName", scope, "", selector, context);
            CheckOperator(requirement, scope, context);
            context.Leave();
        }

        CheckConflicts(requirements.Select(r => r.AsObject()?.GetString("scopeName")), "matchExpressions", scopes, context);
        context.Leave();
    }

    private static void CheckScope(
        string scope, string[] hard, string field, Value shown, string resourceField, Value resourceShown, CheckContext context)
    {
        var counts = Counts(scope);
        if (counts is null)
            context.Invalid(field, shown, "unsupported scope");
        foreach (var name in hard)
        {
            if (counts?.Invoke(name) != false)
                continue;
            if (resourceField.Length == 0)
                context.InvalidHere(resourceShown, WrongResource);
            else
                context.Invalid(resourceField, resourceShown, WrongResource);
        }
    }

    private static Func<string, bool>? Counts(string scope) => scope switch
    {
        "Terminating" or "NotTerminating" or "NotBestEffort" or "PriorityClass" or "CrossNamespacePodAffinity" => ResourceNames.IsOfPods,
        "BestEffort" => name => name == "pods",
        "VolumeAttributesClass" => name => name is "persistentvolumeclaims" or "requests.storage",
        _ => null,
    };

    private static void CheckOperator(ObjectValue requirement, string scope, CheckContext context)
    {
        var (operation, values) = (requirement.GetString("operator") ?? "", requirement.GetList("values"));
        if (scope is "BestEffort" or "NotBestEffort" or "Terminating" or "NotTerminating" or "CrossNamespacePodAffinity" && operation != "Exists")
            context.Invalid("operator", operation, MustExist);
        switch (operation)
        {
            case "In" or "NotIn" when values is not { Count: > 0 }:
                context.Required("values", "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
                break;
            case "Exists" or "DoesNotExist" when values is { Count: > 0 }:
                context.Invalid("values", values, "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector");
                break;
            case "In" or "NotIn" or "Exists" or "DoesNotExist":
                break;
            default:
                context.Invalid("operator", operation, "not a valid selector operator");
                break;
        }
    }

    private static void CheckConflicts(IEnumerable<string?>? scopes, string field, ListValue? shown, CheckContext context)
    {
        var set = scopes?.ToHashSet(StringComparer.Ordinal) ?? [];
        foreach (var (one, other) in new[] { ("BestEffort", "NotBestEffort"), ("Terminating", "NotTerminating") })
        {
            if (set.Contains(one) && set.Contains(other))
                context.Invalid(field, shown, "conflicting scopes");
        }
    }
}
