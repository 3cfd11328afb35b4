using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Batch;

/// <summary>Jobs. A CronJob's template is not defaulted as a job until a job is made from it.</summary>
internal static class JobRules
{
    // What decides where a job's pods run may change until the suspended job first starts.
    private static readonly string[] SchedulingFields = ["nodeSelector", "tolerations", "affinity", "schedulingGates"];

    public static void Default(ObjectValue job)
    {
        var spec = job.GetOrAddObject("spec");
        if (spec["completions"].IsAbsent() && spec["parallelism"].IsAbsent())
            spec["completions"] = 1L;
        if (spec["parallelism"].IsAbsent())
            spec["parallelism"] = 1L;
        if (spec["backoffLimit"].IsAbsent())
            spec["backoffLimit"] = spec["backoffLimitPerIndex"].IsAbsent() ? 6L : int.MaxValue;
        if (spec["podReplacementPolicy"].IsAbsent())
            spec["podReplacementPolicy"] = spec["podFailurePolicy"].IsAbsent() ? "TerminatingOrFailed" : "Failed";
        DefaultLabels(job, spec);
    }

    public static void Check(ObjectValue spec, CheckContext context)
    {
        var policy = spec.GetObject("template")?.GetObject("spec")?.GetString("restartPolicy");
        if (policy is null or "" or "Always")
        {
            var path = context.At("template").Child("spec", "restartPolicy");
            context.Add(FieldError.Required(path, "valid values: \"OnFailure\", \"Never\""));
        }
        else if (policy != "Never" && !spec["podFailurePolicy"].IsAbsent())
        {
            var path = context.At("template").Child("spec", "restartPolicy");
            context.Add(FieldError.Invalid(path, policy, "only \"Never\" is supported when podFailurePolicy is specified"));
        }

        if (spec.GetString("completionMode") == "Indexed" && spec["completions"].IsAbsent())
            context.Required("completions", "when completion mode is Indexed");
        if (!spec["backoffLimitPerIndex"].IsAbsent() && spec.GetString("completionMode") != "Indexed")
            context.Invalid("backoffLimitPerIndex", spec["backoffLimitPerIndex"], "requires indexed completion mode");
    }

    public static void CheckUpdate(ObjectValue updated, ObjectValue stored, string subresource, CheckContext context)
    {
        if (updated.GetObject("spec") is not { } spec || stored.GetObject("spec") is not { } before)
            return;
        var path = FieldPath.Root("spec");
        var elastic = spec.GetString("completionMode") == "Indexed" && ValueZero.SameOrBothZero(spec["completions"], spec["parallelism"]);
        if (!elastic && !ValueZero.SameOrBothZero(spec["completions"], before["completions"]))
            context.Add(FieldError.Invalid(path.Child("completions"), spec["completions"], "field is immutable"));
        if (!SameTemplate(spec, before, stored))
            context.Add(FieldError.Invalid(path.Child("template"), spec["template"], "field is immutable"));
    }

    private static bool SameTemplate(ObjectValue spec, ObjectValue before, ObjectValue stored)
    {
        if (ValueZero.SameOrBothZero(spec["template"], before["template"]))
            return true;
        var isSuspended = before["suspend"]?.AsBool() == true && stored.GetObject("status")?["startTime"] is null;
        if (!isSuspended || spec["template"]?.DeepClone() is not ObjectValue template || before.GetObject("template") is not { } old)
            return false;
        template["metadata"] = old["metadata"];
        var pod = template.GetOrAddObject("spec");
        foreach (var name in SchedulingFields)
            pod[name] = old.GetObject("spec")?[name];
        return template.DeepEquals(old);
    }

    private static void DefaultLabels(ObjectValue job, ObjectValue spec)
    {
        var metadata = job.GetOrAddObject("metadata");
        if (metadata["labels"].IsZero() && spec.GetObject("template")?.GetObject("metadata")?.GetObject("labels") is { Count: > 0 } labels)
            metadata["labels"] = labels.DeepClone();
    }
}
