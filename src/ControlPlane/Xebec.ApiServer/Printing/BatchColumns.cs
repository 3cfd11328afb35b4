using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Printing;

/// <summary>The columns of the batch group.</summary>
internal static class BatchColumns
{
    public static TableColumn[] Job { get; } =
    [
        Column.Name,
        Column.Text("Status", "Status of the job.", Status),
        Column.Text("Completions", "The number of pods which reached phase Succeeded.", Completions),
        Column.Aged("Duration", "Time required to complete the job.", Duration),
        Column.Age,
        .. CellText.ContainerColumns(static o => o.At("spec", "template", "spec")),
        Column.Wide(
            "Selector", "A label query over pods that should match the pod count.",
            static o => CellText.Selector(o.At("spec", "selector"))),
    ];

    public static TableColumn[] CronJob { get; } =
    [
        Column.Name,
        Column.Text("Schedule", "The schedule in Cron format.", static o => o.Text("spec", "schedule")),
        Column.Text("Timezone", "The time zone of the schedule.", static o => o.Text("spec", "timeZone").Or(CellText.None)),
        Column.Text("Suspend", "Whether subsequent executions are suspended.", Suspended) with { Type = "boolean" },
        Column.Integer("Active", "How many jobs run now.", static o => o.CountAt("status", "active")),
        Column.Aged("Last Schedule", "When the job was last scheduled.", LastSchedule),
        Column.Age,
        .. CellText.ContainerColumns(static o => o.At("spec", "jobTemplate", "spec", "template", "spec")),
        Column.Wide(
            "Selector", "A label query over pods that should match the pod count.",
            static o => CellText.Selector(o.At("spec", "jobTemplate", "spec", "selector"))),
    ];

    private static string Status(ObjectValue job)
    {
        if (job.HasCondition("Complete"))
            return "Complete";
        if (job.HasCondition("Failed"))
            return "Failed";
        if (job.Text("metadata", "deletionTimestamp").Length > 0)
            return "Terminating";
        foreach (var condition in (ReadOnlySpan<string>)["Suspended", "FailureTarget", "SuccessCriteriaMet"])
        {
            if (job.HasCondition(condition))
                return condition;
        }

        return "Running";
    }

    private static string Completions(ObjectValue job)
    {
        var succeeded = job.Number("status", "succeeded");
        if (job.At("spec", "completions") is { } completions)
            return $"{succeeded}/{completions}";
        var parallelism = job.Number("spec", "parallelism");
        return parallelism > 1 ? $"{succeeded}/1 of {parallelism}" : $"{succeeded}/1";
    }

    private static string Duration(ObjectValue job, DateTimeOffset now)
    {
        if (!Rfc3339.TryParse(job.Text("status", "startTime"), out var started))
            return "";
        var ended = Rfc3339.TryParse(job.Text("status", "completionTime"), out var completed) ? completed : now;
        return HumanDuration.Format(ended - started);
    }

    private static string Suspended(ObjectValue cronJob) => cronJob.At("spec", "suspend")?.AsBool() switch
    {
        true => "True",
        false => "False",
        null => CellText.Unset,
    };

    private static string LastSchedule(ObjectValue cronJob, DateTimeOffset now) =>
        cronJob.At("status", "lastScheduleTime") is { } time ? HumanDuration.Since(time, now) : CellText.None;
}
