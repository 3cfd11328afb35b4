using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Batch;

/// <summary>What the status of a job may become: counters that do not run backwards, and an end that is consistent and for good.</summary>
internal static class JobStatusRules
{
    private static readonly string[] Terminal = ["Failed", "Complete", "FailureTarget"];

    public static void Check(ObjectValue updated, ObjectValue stored, CheckContext context)
    {
        var (now, before) = (new JobState(updated), new JobState(stored));
        CheckCounters(now, before, context);
        CheckConditions(now, before, context);
        CheckTimes(now, before, context);
        CheckFinished(now, before, context);
        JobIndexStatusRules.Check(now, before, context);
    }

    private static void CheckCounters(JobState now, JobState before, CheckContext context)
    {
        var isElastic = now.IsIndexed && now.Spec["completions"]?.AsInt64() == now.Spec["parallelism"]?.AsInt64();
        if (now.Number("failed") < before.Number("failed"))
            context.Add(FieldError.Invalid(JobState.At("failed"), now.Number("failed"), "cannot decrease the failed counter"));
        if (!isElastic && now.Number("succeeded") < before.Number("succeeded"))
            context.Add(FieldError.Invalid(JobState.At("succeeded"), now.Number("succeeded"), "cannot decrease the succeeded counter"));
        if (now.HasChanged(before, "ready", "active") && now.Number("ready") > now.Number("active"))
            context.Add(FieldError.Invalid(JobState.At("ready"), now.Number("ready"), "cannot set more ready pods than active"));
    }

    private static void CheckConditions(JobState now, JobState before, CheckContext context)
    {
        foreach (var type in Terminal)
        {
            if (before.Is(type) && !now.Is(type))
                Refuse($"cannot disable the terminal {type}=True condition", context);
        }

        if (before.Is("SuccessCriteriaMet") && !now.Is("SuccessCriteriaMet"))
            Refuse("cannot disable the SuccessCriteriaMet=True condition", context);
        if (before.Is("Complete") && !before.Is("SuccessCriteriaMet") && now.Is("SuccessCriteriaMet"))
            Refuse("cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions", context);
        CheckPairs(now, before, context);
    }

    private static void CheckPairs(JobState now, JobState before, CheckContext context)
    {
        if (now.Is("Complete") && now.Is("Failed") && now.Turned(before, "Complete", "Failed"))
            Refuse("cannot set Complete=True and Failed=true conditions", context);
        if (now.Is("Complete") && now.Is("FailureTarget") && now.Turned(before, "Complete", "FailureTarget"))
            Refuse("cannot set Complete=True and FailureTarget=true conditions", context);
        if (now.Is("Failed") && !now.Is("FailureTarget") && now.Turned(before, "Failed", "FailureTarget"))
            Refuse("cannot set Failed=True condition without the FailureTarget=true condition", context);
        if (now.Is("Complete") && !now.Is("SuccessCriteriaMet") && now.Turned(before, "Complete", "SuccessCriteriaMet"))
            Refuse("cannot set Complete=True condition without the SuccessCriteriaMet=true condition", context);
        if (now.Is("SuccessCriteriaMet") && now.Is("Failed"))
            Refuse("cannot set SuccessCriteriaMet=True and Failed=true conditions", context);
        if (now.Is("SuccessCriteriaMet") && now.Is("FailureTarget"))
            Refuse("cannot set SuccessCriteriaMet=True and FailureTarget=true conditions", context);
    }

    private static void CheckTimes(JobState now, JobState before, CheckContext context)
    {
        var (start, end) = (now.Time("startTime"), now.Time("completionTime"));
        var path = JobState.At("completionTime");
        if (now.HasChanged(before, "completionTime") || now.Turned(before, "Complete"))
        {
            if (end is not null && !now.Is("Complete"))
                context.Add(FieldError.Invalid(path, end, "cannot set completionTime when there is no Complete=True condition"));
            else if (end is null && now.Is("Complete"))
                context.Add(FieldError.Required(path, "completionTime is required for Complete jobs"));
        }

        if (now.HasChanged(before, "startTime", "completionTime") && start is not null && end is not null && string.CompareOrdinal(end, start) < 0)
            context.Add(FieldError.Invalid(path, end, "completionTime cannot be set before startTime"));
        if (end is not null && before.Time("completionTime") is { } fixedEnd && fixedEnd != end)
            context.Add(FieldError.Invalid(path, end, "completionTime cannot be mutated"));
        if (before.Time("startTime") is { } started && started != start && now.Spec["suspend"]?.AsBool() != true)
            context.Add(FieldError.Required(JobState.At("startTime"), "startTime cannot be removed for unsuspended job"));
    }

    private static void CheckFinished(JobState now, JobState before, CheckContext context)
    {
        if (!now.IsFinished)
            return;
        var hasFinished = !before.IsFinished;
        if ((hasFinished || now.HasChanged(before, "active")) && now.Number("active") > 0)
            context.Add(FieldError.Invalid(JobState.At("active"), now.Number("active"), "active>0 is invalid for finished job"));
        if ((hasFinished || now.HasChanged(before, "terminating")) && now.Number("terminating") > 0)
            context.Add(FieldError.Invalid(JobState.At("terminating"), now.Number("terminating"), "terminating>0 is invalid for finished job"));
        var isEmptyAndSuspended = now.Spec["suspend"]?.AsBool() == true && now.Spec["completions"]?.AsInt64() == 0;
        if ((hasFinished || now.HasChanged(before, "startTime")) && now.Time("startTime") is null && !isEmptyAndSuspended)
            context.Add(FieldError.Required(JobState.At("startTime"), "startTime is required for finished job"));
        var uncounted = now.Status.GetObject("uncountedTerminatedPods");
        var hasUncounted = uncounted is not null && !(uncounted["succeeded"].IsZero() && uncounted["failed"].IsZero());
        if (hasUncounted && (hasFinished || now.HasChanged(before, "uncountedTerminatedPods")))
            context.Add(FieldError.Invalid(JobState.At("uncountedTerminatedPods"), uncounted, "uncountedTerminatedPods needs to be empty for finished job"));
    }

    private static void Refuse(string message, CheckContext context) =>
        context.Add(FieldError.InvalidUnshown(JobState.At("conditions"), message));
}
