using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Events of events.k8s.io/v1: of the newer form only, and afterwards only the series changes. Paths are the older version's.</summary>
internal static class EventsV1Rules
{
    private const string Unset = "needs to be unset";

    // What the newer version calls a field, and what paths do, in upstream's order.
    private static readonly (string Field, string Shown)[] Fixed =
    [
        ("regarding", "involvedObject"), ("reason", "reason"), ("note", "message"), ("deprecatedSource", "source"),
        ("deprecatedFirstTimestamp", "firstTimestamp"), ("deprecatedLastTimestamp", "lastTimestamp"), ("deprecatedCount", "count"),
        ("reason", "reason"), ("type", "type"), ("eventTime", "eventTime"), ("action", "action"), ("related", "related"),
        ("reportingController", "reportingController"), ("reportingInstance", "reportingInstance"),
    ];

    private static readonly (string Field, string Shown)[] Older =
    [
        ("deprecatedFirstTimestamp", "firstTimestamp"), ("deprecatedLastTimestamp", "lastTimestamp"), ("deprecatedCount", "count"),
        ("deprecatedSource", "source"),
    ];

    private static readonly string[] ReferenceFields = ["Kind", "Namespace", "Name", "UID", "APIVersion", "ResourceVersion", "FieldPath"];

    public static void Check(ObjectValue @event, CheckContext context) => EventRules.Check(@event, EventFields.EventsV1, context);

    public static void CheckCreate(ObjectValue @event, CheckContext context)
    {
        CheckSeries(@event, context);
        if (@event["eventTime"].IsAbsent())
            context.Required("eventTime");
        if (@event.GetString("type") is not ("Normal" or "Warning"))
            context.Invalid("type", "", $"has invalid value: {@event.GetString("type")}");
        foreach (var (field, shown) in Older)
        {
            if (!IsEmpty(@event[field]))
                context.Invalid(shown, "", Unset);
        }
    }

    public static void CheckUpdate(ObjectValue updated, ObjectValue stored, string subresource, CheckContext context)
    {
        if (!ValueZero.SameOrBothZero(updated["series"], stored["series"]))
            CheckSeries(updated, context);
        foreach (var (field, shown) in Fixed)
        {
            if (!ValueZero.SameOrBothZero(updated[field], stored[field]) && !(IsEmpty(updated[field]) && IsEmpty(stored[field])))
                context.Invalid(shown, Shown(updated[field], shown), "field is immutable");
        }
    }

    private static bool IsEmpty(Value? value) => value is ObjectValue members ? members.All(m => m.Value.IsZero()) : value.IsZero();

    private static void CheckSeries(ObjectValue @event, CheckContext context)
    {
        if (@event.GetObject("series") is not { } series)
            return;
        if ((series["count"]?.AsInt64() ?? 0) < 2)
            context.Invalid("series.count", "", "should be at least 2");
        if (series["lastObservedTime"].IsAbsent())
            context.Required("series.lastObservedTime");
    }

    // Upstream shows its internal form.
    private static Value Shown(Value? value, string field)
    {
        if (field is not ("involvedObject" or "related" or "source"))
            return value ?? (field == "count" ? 0L : field.EndsWith("Timestamp", StringComparison.Ordinal) || field == "eventTime" ? Value.Null : "");
        if (value is not ObjectValue members)
            return field == "related" ? Value.Null : Internal([], field);
        return Internal(members, field);
    }

    private static ObjectValue Internal(ObjectValue members, string field)
    {
        var shown = new ObjectValue();
        foreach (var name in field == "source" ? ["Component", "Host"] : ReferenceFields)
        {
            var own = name is "UID" ? "uid" : name is "APIVersion" ? "apiVersion" : char.ToLowerInvariant(name[0]) + name[1..];
            shown[name] = members.GetString(own) ?? "";
        }

        return shown;
    }
}
