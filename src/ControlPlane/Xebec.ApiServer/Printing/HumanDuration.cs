using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Printing;

/// <summary>Durations as kubectl shows ages: two units while the second one still says something (5m30s, 2d3h), then one.</summary>
internal static class HumanDuration
{
    /// <summary>The text of a duration.</summary>
    public static string Format(TimeSpan duration)
    {
        var seconds = (long)duration.TotalSeconds;
        if (seconds < -1)
            return "<invalid>";
        if (seconds < 120)
            return $"{Math.Max(seconds, 0)}s";
        var minutes = seconds / 60;
        if (minutes < 180)
            return minutes < 10 ? Two(minutes, "m", seconds % 60, "s") : $"{minutes}m";
        var hours = minutes / 60;
        if (hours < 48)
            return hours < 8 ? Two(hours, "h", minutes % 60, "m") : $"{hours}h";
        var days = hours / 24;
        if (days < 730)
            return days < 8 ? Two(days, "d", hours % 24, "h") : $"{days}d";
        return days < 2920 ? Two(days / 365, "y", days % 365, "d") : $"{days / 365}y";
    }

    /// <summary>How long ago a time of the API was; <c>&lt;unknown&gt;</c> when it is absent.</summary>
    public static string Since(Value? time, DateTimeOffset now) =>
        Rfc3339.TryParse(time?.AsString(), out var then) ? Format(now - then) : "<unknown>";

    private static string Two(long first, string unit, long second, string smallerUnit) =>
        second == 0 ? $"{first}{unit}" : $"{first}{unit}{second}{smallerUnit}";
}
