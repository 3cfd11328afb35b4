using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Batch;

/// <summary>CronJobs.</summary>
internal static class CronJobRules
{
    // The controller adds eleven characters to the name of each job.
    private const int MaximumNameCharacters = 52;

    private const string ExplicitZone = "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones";

    /// <summary>Old jobs may have longer names.</summary>
    public static void CheckCreate(ObjectValue cronJob, CheckContext context)
    {
        if (cronJob.GetObject("metadata")?.GetString("name") is { Length: > MaximumNameCharacters } name)
            context.Add(FieldError.Invalid(context.At("metadata").Child("name"), name, "must be no more than 52 characters"));
        if (HasZone(cronJob))
        {
            const string Message = "cannot use TZ or CRON_TZ in schedule, use timeZone field instead";
            context.Add(FieldError.Invalid(Schedule, cronJob.GetObject("spec")!["schedule"], Message));
        }
    }

    /// <summary>A schedule that names a zone is tolerated where it was before, without the field beside it.</summary>
    public static void CheckUpdate(ObjectValue updated, ObjectValue stored, string subresource, CheckContext context)
    {
        if (!HasZone(updated))
            return;
        var spec = updated.GetObject("spec")!;
        if (!HasZone(stored))
            context.Add(FieldError.Invalid(Schedule, spec["schedule"], "cannot use TZ or CRON_TZ in schedule, use timeZone field instead"));
        else if (!spec["timeZone"].IsAbsent())
            context.Add(FieldError.Invalid(Schedule, spec["schedule"], "cannot use both timeZone field and TZ or CRON_TZ in schedule"));
    }

    public static void CheckSpec(ObjectValue spec, CheckContext context)
    {
        if (spec.GetString("schedule") is { Length: > 0 } schedule)
            context.AddInvalid(context.At("schedule"), schedule, CronSyntax.Check(schedule));
        if (spec.GetString("timeZone") is { } zone)
            CheckTimeZone(zone, context);
        var (path, job) = (context.At("jobTemplate").Child("spec"), spec.GetObject("jobTemplate")?.GetObject("spec"));
        if (job?["selector"].IsAbsent() == false)
            context.Add(FieldError.Invalid(path.Child("selector"), job["selector"], "`selector` will be auto-generated"));
        if (job?["manualSelector"]?.AsBool() == true)
            context.Add(FieldError.NotSupported(path.Child("manualSelector"), true, ["nil", "false"]));
    }

    private static FieldPath Schedule => FieldPath.Root("spec").Child("schedule");

    private static bool HasZone(ObjectValue cronJob) =>
        cronJob.GetObject("spec")?.GetString("schedule")?.Contains("TZ", StringComparison.Ordinal) == true;

    private static void CheckTimeZone(string zone, CheckContext context)
    {
        if (zone.Length == 0)
            context.Invalid("timeZone", zone, "timeZone must be nil or non-empty string");
        else if (string.Equals(zone, "local", StringComparison.OrdinalIgnoreCase))
            context.Invalid("timeZone", zone, ExplicitZone);
        else if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            context.Invalid("timeZone", zone, $"unknown time zone {zone}");
    }
}
