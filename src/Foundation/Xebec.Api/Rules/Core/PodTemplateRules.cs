using Xebec.Api.Rules.Meta;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Pod templates.</summary>
internal static class PodTemplateRules
{
    public static void Check(ObjectValue template, CheckContext context)
    {
        if (template.GetObject("metadata") is { } metadata)
            ObjectMetaRules.CheckLabelsAndAnnotations(metadata, context);
        if (template.GetObject("spec") is not { } spec)
            return;
        PodAnnotationRules.Check(template, spec, context);
        context.Enter("spec");
        PodAnnotationRules.CheckMatch(template, spec, context);
        if (!spec["ephemeralContainers"].IsZero())
            context.Forbidden("ephemeralContainers", "ephemeral containers not allowed in pod template");
        context.Leave();
    }

    /// <summary>What keeps pods running restarts them always and without a deadline. The walk stands on its spec.</summary>
    public static void CheckRunsForever(ObjectValue spec, string kind, CheckContext context)
    {
        var pod = spec.GetObject("template")?.GetObject("spec");
        if (pod?.GetString("restartPolicy") is { Length: > 0 } policy and not "Always")
            context.Add(FieldError.NotSupported(context.At("template").Child("spec", "restartPolicy"), policy, ["Always"]));
        if (pod?["activeDeadlineSeconds"] is NumberValue)
        {
            var path = context.At("template").Child("spec", "activeDeadlineSeconds");
            context.Add(FieldError.Forbidden(path, $"activeDeadlineSeconds in {kind} is not Supported"));
        }
    }
}
