namespace Xebec.ApiServer.FlowControl;

/// <summary>
/// The periodic adjustment of limits (KEP-1040): levels that want less than they have lend to those that want more. Pure.
/// </summary>
internal static class SeatBorrowing
{
    private const double Smoothing = 0.977;

    /// <summary>The smoothed demand: follows a rise at once and a fall slowly.</summary>
    public static double Smooth(double before, double average, double deviation)
    {
        var envelope = average + deviation;
        return Math.Max(envelope, Smoothing * before + (1 - Smoothing) * envelope);
    }

    /// <summary>What a level can't do without: what it wanted at most, as far as that is its own.</summary>
    public static double Floor(SeatLimits limits, double highestDemand) =>
        Math.Max(limits.Lower, Math.Min(limits.Nominal, highestDemand));

    /// <summary>
    /// Divides seats: to each its target times one factor, but no less than its lower and no more than its upper bound. Returns the factor.
    /// </summary>
    public static double Divide(double seats, ReadOnlySpan<(double Lower, double Upper, double Target)> levels, Span<double> allotted)
    {
        var (low, high) = (0.0, 1.0);
        while (high < 1e9 && Sum(high, levels) < seats)
            high *= 2;
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            if (Sum(middle, levels) < seats)
                low = middle;
            else
                high = middle;
        }

        for (var i = 0; i < levels.Length; i++)
            allotted[i] = Allot(high, levels[i]);
        return high;
    }

    private static double Sum(double factor, ReadOnlySpan<(double Lower, double Upper, double Target)> levels)
    {
        var sum = 0.0;
        foreach (var level in levels)
            sum += Allot(factor, level);
        return sum;
    }

    private static double Allot(double factor, (double Lower, double Upper, double Target) level) =>
        Math.Max(level.Lower, Math.Min(level.Upper, factor * level.Target));
}
