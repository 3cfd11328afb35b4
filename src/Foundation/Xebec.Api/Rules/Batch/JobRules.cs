using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Batch;

/// <summary>Jobs. A CronJob's template is not defaulted as a job until a job is made from it.</summary>
internal static class JobRules
{
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

    private static void DefaultLabels(ObjectValue job, ObjectValue spec)
    {
        var metadata = job.GetOrAddObject("metadata");
        if (metadata["labels"].IsZero() && spec.GetObject("template")?.GetObject("metadata")?.GetObject("labels") is { Count: > 0 } labels)
            metadata["labels"] = labels.DeepClone();
    }
}
