using System.Globalization;
using Xebec.Cel.Functions;
using Xebec.Cel.Values;

namespace Xebec.Cel.Libraries;

/// <summary>The parts of timestamps, in UTC or a time zone, and of durations.</summary>
internal static class TimeLibrary
{
    public static void AddTo(FunctionTable table)
    {
        Part(table, "getFullYear", t => t.Year);
        Part(table, "getMonth", t => t.Month - 1);
        Part(table, "getDate", t => t.Day);
        Part(table, "getDayOfMonth", t => t.Day - 1);
        Part(table, "getDayOfWeek", t => (int)t.DayOfWeek);
        Part(table, "getDayOfYear", t => t.DayOfYear - 1);
        Part(table, "getHours", t => t.Hour);
        Part(table, "getMinutes", t => t.Minute);
        Part(table, "getSeconds", t => t.Second);
        Part(table, "getMilliseconds", t => t.Millisecond);
        Whole(table, "getHours", 3_600_000_000_000);
        Whole(table, "getMinutes", 60_000_000_000);
        Whole(table, "getSeconds", 1_000_000_000);
        Whole(table, "getMilliseconds", 1_000_000);
    }

    private static void Part(FunctionTable table, string name, Func<DateTime, int> read)
    {
        table.Method(name, $"timestamp_{name}", CelType.Timestamp, CelType.Int, t => CelInt.Of(read(((CelTimestamp)t).Utc)));
        table.Method(name, $"timestamp_{name}_tz", CelType.Timestamp, CelType.String, CelType.Int, (t, zone) =>
            Local((CelTimestamp)t, Text.Of(zone)) is { } local ? CelInt.Of(read(local)) : new CelError($"unknown time zone {Text.Of(zone)}"));
    }

    private static void Whole(FunctionTable table, string name, long unit) =>
        table.Method(name, $"duration_{name}", CelType.Duration, CelType.Int, d => CelInt.Of(((CelDuration)d).Nanoseconds / unit));

    private static DateTime? Local(CelTimestamp time, string zone)
    {
        TimeSpan offset;
        if (zone.Contains(':', StringComparison.Ordinal))
        {
            var sign = zone.StartsWith('-') ? -1 : 1;
            if (!TimeSpan.TryParseExact(zone.TrimStart('+', '-'), @"h\:mm", CultureInfo.InvariantCulture, out offset))
                return null;
            offset *= sign;
        }
        else if (zone is "UTC" or "")
        {
            offset = TimeSpan.Zero;
        }
        else if (TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found))
        {
            offset = found.GetUtcOffset(time.Utc);
        }
        else
        {
            return null;
        }

        var ticks = time.Utc.Ticks + offset.Ticks;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTime(ticks, DateTimeKind.Unspecified) : null;
    }
}
