using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Printing;

/// <summary>The columns of events, of the core group and of events.k8s.io, which name the same fields differently.</summary>
internal static class EventColumns
{
    public static TableColumn[] Event { get; } =
    [
        Column.Aged("Last Seen", "The time at which the most recent occurrence of this event was recorded.", LastSeen),
        Column.Text("Type", "Normal, Warning; new types could be added.", static o => o.Text("type")),
        Column.Text("Reason", "A short, machine understandable string for the transition.", static o => o.Text("reason")),
        Column.Text("Object", "The object that this event is about.", Target),
        Column.Wide("Subobject", "The part of the object that this event is about.", static o => About(o).Text("fieldPath")),
        Column.Wide("Source", "The component reporting this event.", Source),
        Column.Text("Message", "What happened, for a human reader.", static o => o.Text("message").Or(o.Text("note")).Trim()),
        Column.Aged("First Seen", "The time at which the event was first recorded.", FirstSeen) with { Priority = 1 },
        Column.Count("Count", "How often this event has occurred.", Count) with { Priority = 1 },
        Column.Name with { Priority = 1 },
    ];

    private static Value? About(ObjectValue item) => item.At("involvedObject") ?? item.At("regarding");

    private static string Target(ObjectValue item)
    {
        var kind = About(item).Text("kind").ToLowerInvariant();
        return About(item).Text("name") is { Length: > 0 } name ? $"{kind}/{name}" : kind;
    }

    private static string LastSeen(ObjectValue item, DateTimeOffset now)
    {
        if (item.At("series") is { } series)
            return HumanDuration.Since(series.At("lastObservedTime"), now);
        var last = item.At("lastTimestamp") ?? item.At("deprecatedLastTimestamp");
        return last is null ? FirstSeen(item, now) : HumanDuration.Since(last, now);
    }

    private static string FirstSeen(ObjectValue item, DateTimeOffset now) =>
        HumanDuration.Since(item.At("firstTimestamp") ?? item.At("deprecatedFirstTimestamp") ?? item.At("eventTime"), now);

    private static long Count(ObjectValue item)
    {
        if (item.At("series") is { } series)
            return series.Number("count");
        return Math.Max(1, item.Number("count") + item.Number("deprecatedCount"));
    }

    private static string Source(ObjectValue item)
    {
        var source = item.At("source") ?? item.At("deprecatedSource");
        var component = source.Text("component").Or(item.Text("reportingComponent")).Or(item.Text("reportingController"));
        var host = source.Text("host").Or(item.Text("reportingInstance"));
        return host.Length == 0 ? component : $"{component}, {host}";
    }
}
