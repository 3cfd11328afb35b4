using Xebec.Cel.Values;

namespace Xebec.Cel.Libraries;

/// <summary>Sums and differences of times and durations.</summary>
internal static class TimeArithmetic
{
    public static CelValue Move(CelValue time, CelValue by, int sign) =>
        CelTimestamp.Of(((CelTimestamp)time).Nanoseconds + (Int128)sign * ((CelDuration)by).Nanoseconds) ?? (CelValue)CelError.TimestampOverflow;

    public static CelValue Between(CelValue later, CelValue earlier) =>
        Duration(((CelTimestamp)later).Nanoseconds - ((CelTimestamp)earlier).Nanoseconds);

    public static CelValue Sum(CelValue left, CelValue right, int sign) =>
        Duration((Int128)((CelDuration)left).Nanoseconds + (Int128)sign * ((CelDuration)right).Nanoseconds);

    private static CelValue Duration(Int128 nanoseconds) => nanoseconds >= long.MinValue && nanoseconds <= long.MaxValue
        ? new CelDuration((long)nanoseconds)
        : CelError.DurationOverflow;
}
