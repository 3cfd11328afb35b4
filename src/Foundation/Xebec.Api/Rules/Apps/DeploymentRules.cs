using Xebec.Api.Rules.Core;
using Xebec.Api.Rules.Meta;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Apps;

/// <summary>Deployments and ReplicaSets.</summary>
internal static class DeploymentRules
{
    /// <summary>The spec of a ReplicaSet; upstream's messages speak of deployments.</summary>
    public static void CheckReplicaSet(ObjectValue spec, CheckContext context)
    {
        LabelSelectorRules.CheckOwnTemplate(spec, "deployment", context);
        PodTemplateRules.CheckRunsForever(spec, "ReplicaSet", context);
    }

    public static void Check(ObjectValue spec, CheckContext context)
    {
        CheckReplicaSet(spec, context);
        if (spec["progressDeadlineSeconds"]?.AsInt64() is { } deadline && deadline <= (spec["minReadySeconds"]?.AsInt64() ?? 0))
            context.Invalid("progressDeadlineSeconds", deadline, "must be greater than minReadySeconds");
    }

    public static void CheckStrategy(ObjectValue strategy, CheckContext context)
    {
        switch (strategy.GetString("type"))
        {
            case "Recreate":
                if (!strategy["rollingUpdate"].IsAbsent())
                    context.Forbidden("rollingUpdate", "may not be specified when strategy `type` is 'Recreate'");
                break;
            case "RollingUpdate":
                if (strategy["rollingUpdate"].IsAbsent())
                    context.Required("rollingUpdate", "this should be defaulted and never be nil");
                break;
            default:
                context.Add(FieldError.NotSupported(context.Here, strategy["type"], ["Recreate", "RollingUpdate"]));
                break;
        }
    }

    public static void CheckRollingUpdate(ObjectValue rolling, CheckContext context)
    {
        IntOrPercent.Check(rolling, "maxUnavailable", context);
        IntOrPercent.Check(rolling, "maxSurge", context);
        if (IntOrPercent.Amount(rolling["maxUnavailable"]) == 0 && IntOrPercent.Amount(rolling["maxSurge"]) == 0)
            context.Invalid("maxUnavailable", rolling["maxUnavailable"], "may not be 0 when `maxSurge` is 0");
        IntOrPercent.CheckAtMostAll(rolling, "maxUnavailable", context);
    }
}
