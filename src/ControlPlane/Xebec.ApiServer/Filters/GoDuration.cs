using System.Globalization;

namespace Xebec.ApiServer.Filters;

/// <summary>Durations as Go writes them: 1h15m, 30s, 1.5s, 250ms.</summary>
public static class GoDuration
{
    private static readonly (string Unit, double Seconds)[] Units =
        [("ns", 1e-9), ("us", 1e-6), ("µs", 1e-6), ("ms", 1e-3), ("s", 1), ("m", 60), ("h", 3600)];

    /// <summary>Reads a duration; null when the text is none.</summary>
    public static TimeSpan? TryParse(string text)
    {
        var rest = text.AsSpan();
        var sign = 1;
        if (rest is ['-' or '+', ..])
        {
            sign = rest[0] == '-' ? -1 : 1;
            rest = rest[1..];
        }

        if (rest is "0")
            return TimeSpan.Zero;
        var seconds = 0.0;
        var any = false;
        for (; rest.Length > 0; any = true)
        {
            var digits = rest.IndexOfAnyExcept("0123456789.");
            if (digits <= 0 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                return null;
            rest = rest[digits..];
            var length = rest.IndexOfAny("0123456789.") is >= 0 and var end ? end : rest.Length;
            var unit = rest[..length].ToString();
            var scale = Array.Find(Units, u => u.Unit == unit).Seconds;
            if (scale == 0)
                return null;
            seconds += number * scale;
            rest = rest[length..];
        }

        return any && seconds < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(sign * seconds) : null;
    }
}
