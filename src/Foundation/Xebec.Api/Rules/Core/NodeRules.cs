using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Nodes.</summary>
internal static class NodeRules
{
    public static void Default(ObjectValue status)
    {
        if (status["allocatable"].IsAbsent() && status.GetObject("capacity") is { } capacity)
            status["allocatable"] = capacity.DeepClone();
    }

    public static void Check(ObjectValue spec, CheckContext context)
    {
        var taints = spec.GetList("taints");
        for (var i = 1; i < (taints?.Count ?? 0); i++)
        {
            if (taints![i] is ObjectValue taint && taints.Take(i).Any(t => IsSame(t, taint)))
                context.Add(FieldError.Duplicate(context.At("taints").Index(i), taint));
        }
    }

    public static void CheckUpdate(ObjectValue updated, ObjectValue stored, string subresource, CheckContext context)
    {
        var (spec, before) = (updated.GetObject("spec"), stored.GetObject("spec"));
        CheckSetOnce(spec, before, "podCIDRs", "node updates may not change podCIDR except from \"\" to valid", context);
        CheckSetOnce(spec, before, "providerID", "node updates may not change providerID except from \"\" to valid", context);
    }

    private static void CheckSetOnce(ObjectValue? spec, ObjectValue? before, string field, string message, CheckContext context)
    {
        if (before?[field].IsZero() == false && !ValueZero.SameOrBothZero(spec?[field], before[field]))
            context.Add(FieldError.Forbidden(FieldPath.Root("spec").Child(field), message));
    }

    private static bool IsSame(Value other, ObjectValue taint) =>
        other is ObjectValue o && o.GetString("key") == taint.GetString("key") && o.GetString("effect") == taint.GetString("effect");
}
