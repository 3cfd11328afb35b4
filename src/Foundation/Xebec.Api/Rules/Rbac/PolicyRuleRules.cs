using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Rbac;

/// <summary>The rules of a role.</summary>
internal static class PolicyRuleRules
{
    public static void Check(ObjectValue rule, CheckContext context)
    {
        if (!rule["nonResourceURLs"].IsZero())
        {
            if (!rule["apiGroups"].IsZero() || !rule["resources"].IsZero() || !rule["resourceNames"].IsZero())
            {
                const string Message = "rules cannot apply to both regular resources and non-resource URLs";
                context.Invalid("nonResourceURLs", rule["nonResourceURLs"], Message);
            }

            return;
        }

        if (rule["apiGroups"].IsZero())
            context.Required("apiGroups", "resource rules must supply at least one api group");
        if (rule["resources"].IsZero())
            context.Required("resources", "resource rules must supply at least one resource");
    }

    /// <summary>Paths that are no resources belong to no namespace.</summary>
    public static void CheckRole(ObjectValue role, CheckContext context)
    {
        var rules = role.GetList("rules");
        for (var i = 0; i < (rules?.Count ?? 0); i++)
        {
            if (rules![i].AsObject()?["nonResourceURLs"] is { } urls && !urls.IsZero())
            {
                var path = context.At("rules").Index(i).Child("nonResourceURLs");
                context.Add(FieldError.Invalid(path, urls, "namespaced rules cannot apply to non-resource URLs"));
            }
        }
    }

    /// <summary>A binding is to one role for good.</summary>
    public static void CheckRoleRefUnchanged(ObjectValue updated, ObjectValue stored, string subresource, CheckContext context)
    {
        if (!ValueZero.SameOrBothZero(updated["roleRef"], stored["roleRef"]))
            context.Invalid("roleRef", updated["roleRef"], "cannot change roleRef");
    }
}
