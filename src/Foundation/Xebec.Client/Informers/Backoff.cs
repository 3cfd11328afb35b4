namespace Xebec.Client.Informers;

/// <summary>How long to wait after the n-th failure in a row: doubling, with jitter so that many clients do not come at once.</summary>
internal static class Backoff
{
    public static TimeSpan After(int failures, TimeSpan first, TimeSpan longest, double jitter)
    {
        var milliseconds = Math.Min(first.TotalMilliseconds * Math.Pow(2, Math.Min(failures - 1, 30)), longest.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(milliseconds * (0.75 + (0.5 * jitter)));
    }
}
