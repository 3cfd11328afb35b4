using System.Globalization;
using System.Text;

namespace Xebec.ApiMachinery.Quantities;

/// <summary>Durations as Go writes them (1h30m0s, 1.5s, 100ms): a signed 64-bit count of nanoseconds.</summary>
public static class GoDuration
{
    private const long Second = 1_000_000_000;

    /// <summary>Parses numbers with units (ns, us, µs, ms, s, m, h), for example 1h15m30.5s; 0 needs no unit.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long nanoseconds)
    {
        nanoseconds = 0;
        var negative = text.StartsWith("-");
        if (negative || text.StartsWith("+"))
            text = text[1..];
        if (text is "0")
            return true;
        if (text.IsEmpty)
            return false;
        var total = 0m;
        while (!text.IsEmpty)
        {
            if (!TryTakePart(ref text, out var part))
                return false;
            total += part;
            if (total > (decimal)long.MaxValue + 1)
                return false;
        }

        if (total > long.MaxValue && !negative)
            return false;
        nanoseconds = (long)(negative ? -total : total);
        return true;
    }

    /// <summary>The duration as a TimeSpan, rounded to 100 ns.</summary>
    public static TimeSpan ToTimeSpan(long nanoseconds) => TimeSpan.FromTicks(nanoseconds / 100);

    /// <summary>Writes it as Go's Duration.String does: the largest unit below one second, else hours, minutes and seconds.</summary>
    public static string Format(long nanoseconds)
    {
        if (nanoseconds == 0)
            return "0s";
        var sign = nanoseconds < 0 ? "-" : "";
        var magnitude = nanoseconds < 0 ? 0UL - (ulong)nanoseconds : (ulong)nanoseconds;
        return sign + (magnitude < Second ? FormatFraction(magnitude) : FormatLong(magnitude));
    }

    private static string FormatFraction(ulong magnitude) => magnitude switch
    {
        < 1_000 => $"{magnitude}ns",
        < 1_000_000 => $"{Decimal(magnitude, 1_000)}µs",
        _ => $"{Decimal(magnitude, 1_000_000)}ms",
    };

    private static string FormatLong(ulong magnitude)
    {
        var text = new StringBuilder();
        var minutes = magnitude / (60 * Second);
        if (minutes >= 60)
            text.Append(CultureInfo.InvariantCulture, $"{minutes / 60}h");
        if (minutes > 0)
            text.Append(CultureInfo.InvariantCulture, $"{minutes % 60}m");
        return text.Append(Decimal(magnitude % (60 * Second), (ulong)Second)).Append('s').ToString();
    }

    private static string Decimal(ulong amount, ulong unit) =>
        ((decimal)amount / unit).ToString("0.#########", CultureInfo.InvariantCulture);

    private static bool TryTakePart(ref ReadOnlySpan<char> text, out decimal nanoseconds)
    {
        nanoseconds = 0;
        var digits = text.IndexOfAnyExcept("0123456789.");
        if (digits <= 0 || digits > 28 || !decimal.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
            return false;
        text = text[digits..];
        var end = text.IndexOfAny("0123456789.");
        var unit = end < 0 ? text : text[..end];
        if (Unit(unit) is not { } factor || amount > long.MaxValue)
            return false;
        text = text[unit.Length..];
        nanoseconds = decimal.Truncate(amount * factor);
        return true;
    }

    private static decimal? Unit(ReadOnlySpan<char> unit) => unit switch
    {
        "ns" => 1,
        "us" or "µs" or "μs" => 1_000,
        "ms" => 1_000_000,
        "s" => Second,
        "m" => 60m * Second,
        "h" => 3600m * Second,
        _ => null,
    };
}
