using Xebec.Api.Rules.Core;
using Xebec.Api.Rules.Meta;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Apps;

/// <summary>DaemonSets.</summary>
internal static class DaemonSetRules
{
    public static void Check(ObjectValue spec, CheckContext context)
    {
        if (spec["selector"].IsAbsent())
        {
            var labels = spec.GetObject("template")?.GetObject("metadata")?["labels"];
            var path = context.At("template").Child("metadata", "labels");
            context.Add(FieldError.Invalid(path, labels, "`selector` does not match template `labels`"));
        }
        else
        {
            LabelSelectorRules.CheckOwnTemplate(spec, "daemonset", context);
        }

        PodTemplateRules.CheckRunsForever(spec, "DaemonSet", context);
    }

    public static void CheckStrategy(ObjectValue strategy, CheckContext context)
    {
        if (strategy.GetString("type") == "RollingUpdate" && strategy["rollingUpdate"].IsAbsent())
            context.Required("rollingUpdate");
    }

    public static void CheckRollingUpdate(ObjectValue rolling, CheckContext context)
    {
        IntOrPercent.Check(rolling, "maxUnavailable", context);
        IntOrPercent.CheckAtMostAll(rolling, "maxUnavailable", context);
        IntOrPercent.Check(rolling, "maxSurge", context);
        IntOrPercent.CheckAtMostAll(rolling, "maxSurge", context);
        var (unavailable, surge) = (IntOrPercent.Amount(rolling["maxUnavailable"]), IntOrPercent.Amount(rolling["maxSurge"]));
        if (unavailable != 0 && surge != 0)
            context.Invalid("maxSurge", rolling["maxSurge"], "may not be set when maxUnavailable is non-zero");
        else if (unavailable == 0 && surge == 0)
            context.Required("maxUnavailable", "cannot be 0 when maxSurge is 0");
    }
}
