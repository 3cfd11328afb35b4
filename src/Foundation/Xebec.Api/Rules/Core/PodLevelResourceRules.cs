using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>The resources of a pod as a whole hold what its containers ask for. The walk stands on the pod's spec.</summary>
internal static class PodLevelResourceRules
{
    public static void Check(ObjectValue spec, CheckContext context)
    {
        if (spec.GetObject("resources") is not { } resources)
            return;
        context.Enter("resources");
        if (spec.GetObject("os")?.GetString("name") == "windows")
            context.ForbiddenHere("may not be set for a windows pod");
        else
            CheckAll(spec, resources, context);
        context.Leave();
    }

    private static void CheckAll(ObjectValue spec, ObjectValue resources, CheckContext context)
    {
        if (!resources["claims"].IsAbsent())
            context.Forbidden("claims", "claims may not be set for Resources at pod-level");
        ResourceRequirementsRules.Check(resources, ResourceNameRules.CheckOfPod, context);
        CheckTotals(spec, resources, "requests", _ => true, context);
        CheckTotals(spec, resources, "limits", ResourceNames.IsHugePages, context);
        CheckLimits(spec, resources.GetObject("limits"), context);
    }

    private static void CheckTotals(ObjectValue spec, ObjectValue resources, string list, Func<string, bool> isCounted, CheckContext context)
    {
        foreach (var (name, amount) in resources.GetObject(list) ?? [])
        {
            if (!isCounted(name) || PodLevelResources.Aggregate(spec, list, name) is not { } sum)
                continue;
            if (Quantity.TryParse(amount.AsString() ?? "", out var given) && sum > given)
            {
                var message = $"must be greater than or equal to aggregate container {list} of {sum}";
                context.Add(FieldError.Invalid(context.At(list).Key(name), given.ToString(), message));
            }
        }
    }

    private static void CheckLimits(ObjectValue spec, ObjectValue? limits, CheckContext context)
    {
        var containers = spec.GetList("containers");
        for (var i = 0; limits is not null && i < (containers?.Count ?? 0); i++)
        {
            foreach (var (name, amount) in containers![i].AsObject()?.GetObject("resources")?.GetObject("limits") ?? [])
            {
                if (!Quantity.TryParse(amount.AsString() ?? "", out var limit) || !Quantity.TryParse(limits.GetString(name) ?? "", out var most))
                    continue;
                var path = context.At("containers").Index(i).Key(name).Child("limits");
                if (limit > most)
                    context.Add(FieldError.Invalid(path, limit.ToString(), $"must be less than or equal to pod limits of {most}"));
            }
        }
    }
}
