using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;

namespace Xebec.Cel.Values;

/// <summary>A span of time.</summary>
internal sealed class CelDuration(long nanoseconds) : CelValue
{
    public long Nanoseconds { get; } = nanoseconds;

    public override CelType Type => CelType.Duration;

    internal override bool IsZero => Nanoseconds == 0;

    /// <summary>A Go duration; null when the text is none.</summary>
    public static CelDuration? Parse(string text) => GoDuration.TryParse(text, out var nanoseconds) ? new CelDuration(nanoseconds) : null;

    /// <summary>Seconds with as many digits as it takes and a final s, as protobuf writes durations.</summary>
    public override string ToString()
    {
        var fraction = Math.Abs(Nanoseconds % 1_000_000_000);
        var sign = Nanoseconds < 0 ? "-" : "";
        var seconds = (UInt128)Int128.Abs(Nanoseconds) / 1_000_000_000;
        return fraction == 0 ? $"{sign}{seconds}s" : $"{sign}{seconds}.{$"{fraction:D9}".TrimEnd('0')}s";
    }

    public override Value ToJson() => ToString();

    internal override bool EqualTo(CelValue other) => other is CelDuration duration && duration.Nanoseconds == Nanoseconds;

    internal override int? CompareTo(CelValue other) => other is CelDuration duration ? Nanoseconds.CompareTo(duration.Nanoseconds) : null;

    internal override int Hash() => Nanoseconds.GetHashCode();
}
