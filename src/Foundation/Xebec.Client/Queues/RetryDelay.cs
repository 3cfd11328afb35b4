namespace Xebec.Client.Queues;

/// <summary>Upstream's per-item back-off: 5 ms, doubling, at most 1000 s.</summary>
internal static class RetryDelay
{
    private const double FirstMilliseconds = 5;
    private const double LongestMilliseconds = 1_000_000;

    public static TimeSpan After(int failures) =>
        TimeSpan.FromMilliseconds(Math.Min(FirstMilliseconds * Math.Pow(2, Math.Min(failures - 1, 30)), LongestMilliseconds));
}
