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

    public static void Check(ObjectValue cronJob, CheckContext context)
    {
        if (cronJob.GetObject("metadata")?.GetString("name") is { Length: > MaximumNameCharacters } name)
            context.Add(FieldError.Invalid(context.At("metadata").Child("name"), name, "must be no more than 52 characters"));
    }

    public static void CheckSpec(ObjectValue spec, CheckContext context)
    {
        if (spec.GetString("schedule")?.Contains("TZ", StringComparison.Ordinal) == true)
        {
            const string Message = "cannot use TZ or CRON_TZ in schedule, use timeZone field instead";
            context.Invalid("schedule", spec["schedule"], Message);
        }
        else if (spec.GetString("schedule") is { Length: > 0 } schedule)
        {
            context.AddInvalid(context.At("schedule"), schedule, CronSyntax.Check(schedule));
        }

        if (spec.GetString("timeZone") is { } zone)
            CheckTimeZone(zone, context);
    }

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
