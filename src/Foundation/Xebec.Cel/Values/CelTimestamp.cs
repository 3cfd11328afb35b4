using System.Globalization;
using Xebec.ApiMachinery.Values;

namespace Xebec.Cel.Values;

/// <summary>A point in time, years 1 to 9999, in nanoseconds since 1970.</summary>
internal sealed class CelTimestamp : CelValue
{
    private const long Second = 1_000_000_000;
    private static readonly Int128 Earliest = (Int128)(-62135596800) * Second;
    private static readonly Int128 Latest = (Int128)253402300800 * Second - 1;

    private CelTimestamp(Int128 nanoseconds) => Nanoseconds = nanoseconds;

    public Int128 Nanoseconds { get; }

    /// <summary>Whole seconds since 1970, rounded down.</summary>
    public long Seconds => (long)((Nanoseconds - Fraction) / Second);

    /// <summary>The nanoseconds within the second.</summary>
    public int Fraction => (int)(((Nanoseconds % Second) + Second) % Second);

    public DateTime Utc => DateTime.UnixEpoch.AddTicks(Seconds * TimeSpan.TicksPerSecond + Fraction / 100);

    public override CelType Type => CelType.Timestamp;

    internal override bool IsZero => Nanoseconds == Earliest;

    /// <summary>The time; null when it is outside the range.</summary>
    public static CelTimestamp? Of(Int128 nanoseconds) => nanoseconds >= Earliest && nanoseconds <= Latest ? new(nanoseconds) : null;

    public static CelTimestamp Of(DateTimeOffset time) => new((Int128)(time.UtcTicks - DateTime.UnixEpoch.Ticks) * 100);

    /// <summary>RFC 3339 with up to nine digits; null when the text is none.</summary>
    public static CelTimestamp? Parse(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var zone = text.AsSpan().LastIndexOfAny("Z+-");
        if (text.Length < 20 || zone < 19 || (dot >= 0 && (dot != 19 || zone - dot is < 2 or > 10)) || (dot < 0 && zone != 19))
            return null;
        var fraction = dot < 0 ? "" : text[(dot + 1)..zone];
        if (fraction.AsSpan().ContainsAnyExceptInRange('0', '9') || !TryOffset(text.AsSpan(zone), out var offsetMinutes)
            || !DateTime.TryParseExact(text[..19], "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return null;
        var nanoseconds = (Int128)((local.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond - offsetMinutes * 60L) * Second;
        return Of(nanoseconds + (fraction.Length == 0 ? 0 : int.Parse(fraction.PadRight(9, '0'), CultureInfo.InvariantCulture)));
    }

    /// <summary>RFC 3339 in UTC with as many digits as it takes.</summary>
    public override string ToString()
    {
        var text = Utc.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return Fraction == 0 ? text + "Z" : $"{text}.{$"{Fraction:D9}".TrimEnd('0')}Z";
    }

    public override Value ToJson() => ToString();

    internal override bool EqualTo(CelValue other) => other is CelTimestamp time && time.Nanoseconds == Nanoseconds;

    internal override int? CompareTo(CelValue other) => other is CelTimestamp time ? Nanoseconds.CompareTo(time.Nanoseconds) : null;

    internal override int Hash() => Nanoseconds.GetHashCode();

    private static bool TryOffset(ReadOnlySpan<char> zone, out int minutes)
    {
        minutes = 0;
        if (zone is "Z")
            return true;
        if (zone.Length != 6 || zone[3] != ':'
            || !int.TryParse(zone[1..3], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(zone[4..], NumberStyles.None, CultureInfo.InvariantCulture, out minutes) || hours > 23 || minutes > 59)
            return false;
        minutes = (hours * 60 + minutes) * (zone[0] == '-' ? -1 : 1);
        return true;
    }
}
