using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;

namespace Xebec.Api.Rules.Batch;

/// <summary>The indexes of a job that have completed or failed.</summary>
internal static class JobIndexStatusRules
{
    public static void Check(JobState now, JobState before, CheckContext context)
    {
        var (completed, failed) = (now.Status.GetString("completedIndexes") ?? "", now.Status.GetString("failedIndexes"));
        var (newCompleted, newFailed) = (now.HasChanged(before, "completedIndexes"), now.HasChanged(before, "failedIndexes"));
        if (newCompleted)
            CheckCompleted(now, completed, context);
        if (newFailed && failed is not null)
            CheckFailed(now, failed, context);
        if ((newCompleted || newFailed) && failed is { Length: > 0 } && completed.Length > 0 &&
            now.Spec["completions"]?.AsInt64() is { } completions && IndexIntervals.Overlap(completed, failed, completions) is { } index)
            context.Add(FieldError.Invalid(JobState.At("failedIndexes"), failed, $"failedIndexes and completedIndexes overlap at index: {index}"));
    }

    private static void CheckCompleted(JobState now, string completed, CheckContext context)
    {
        var path = JobState.At("completedIndexes");
        if (now.Spec["completions"]?.AsInt64() is { } completions && IndexIntervals.Count(completed, completions).Error is { } error)
            context.Add(FieldError.Invalid(path, completed, $"error parsing completedIndexes: {error}"));
        if (completed.Length > 0 && !now.IsIndexed)
            context.Add(FieldError.Invalid(path, completed, "cannot set non-empty completedIndexes when non-indexed completion mode"));
    }

    private static void CheckFailed(JobState now, string failed, CheckContext context)
    {
        var path = JobState.At("failedIndexes");
        if (now.Spec["backoffLimitPerIndex"].IsAbsent())
            context.Add(FieldError.Invalid(path, failed, "cannot set non-null failedIndexes when backoffLimitPerIndex is null"));
        else if (now.Spec["completions"]?.AsInt64() is { } completions && IndexIntervals.Count(failed, completions).Error is { } error)
            context.Add(FieldError.Invalid(path, failed, $"error parsing failedIndexes: {error}"));
    }
}
