using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>ReplicationControllers: the template's labels are their selector and their own labels unless they say otherwise.</summary>
internal static class ReplicationControllerRules
{
    public static void Default(ObjectValue controller)
    {
        var spec = controller.GetObject("spec");
        if (spec?.GetObject("template")?.GetObject("metadata")?.GetObject("labels") is not { Count: > 0 } labels)
            return;
        if (spec["selector"].IsZero())
            spec["selector"] = labels.DeepClone();
        var metadata = controller.GetOrAddObject("metadata");
        if (metadata["labels"].IsZero())
            metadata["labels"] = labels.DeepClone();
    }

    /// <summary>The walk stands on the status, as it is written.</summary>
    public static void CheckStatus(ObjectValue status, CheckContext context)
    {
        const string TooMany = "cannot be greater than status.replicas";
        var (all, ready) = (status["replicas"]?.AsInt64() ?? 0, status["readyReplicas"]?.AsInt64() ?? 0);
        foreach (var field in new[] { "fullyLabeledReplicas", "readyReplicas", "availableReplicas" })
        {
            if (status[field]?.AsInt64() is { } count && count > all)
                context.Invalid(field, count, TooMany);
        }

        if (status["availableReplicas"]?.AsInt64() is { } available && available > ready)
            context.Invalid("availableReplicas", available, "cannot be greater than readyReplicas");
    }

    public static void Check(ObjectValue spec, CheckContext context)
    {
        if (spec["selector"].IsZero())
            context.Required("selector");
        var labels = spec.GetObject("template")?.GetObject("metadata")?.GetObject("labels");
        foreach (var (name, value) in spec.GetObject("selector") ?? [])
        {
            if (value.DeepEquals(labels?[name]))
                continue;
            var path = context.At("template").Child("metadata", "labels");
            context.Add(FieldError.Invalid(path, labels ?? Value.Null, "`selector` does not match template `labels`"));
            break;
        }

        PodTemplateRules.CheckRunsForever(spec, "ReplicationController", context);
    }
}
