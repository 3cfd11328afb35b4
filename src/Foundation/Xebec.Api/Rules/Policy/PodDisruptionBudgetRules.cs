using Xebec.Api.Rules.Apps;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Policy;

/// <summary>PodDisruptionBudgets.</summary>
internal static class PodDisruptionBudgetRules
{
    public static void Check(ObjectValue spec, CheckContext context)
    {
        if (!spec["minAvailable"].IsAbsent() && !spec["maxUnavailable"].IsAbsent())
            context.Add(FieldError.Invalid(context.Here, spec, "minAvailable and maxUnavailable cannot be both set"));
        foreach (var field in new[] { "minAvailable", "maxUnavailable" })
        {
            IntOrPercent.Check(spec, field, context);
            IntOrPercent.CheckAtMostAll(spec, field, context);
        }
    }
}
