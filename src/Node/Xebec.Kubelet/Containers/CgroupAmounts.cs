using Xebec.ApiMachinery.Quantities;

namespace Xebec.Kubelet.Containers;

/// <summary>CPU and memory amounts as cgroups count them. Pure.</summary>
internal static class CgroupAmounts
{
    public const long PeriodMicroseconds = 100_000;
    private const long MinimumShares = 2;
    private const long MaximumShares = 262_144;
    private const long MinimumQuotaMicroseconds = 1_000;

    /// <summary>Relative weight: 1024 a core, at least 2.</summary>
    public static long Shares(long milliCpu) => Math.Clamp(milliCpu * 1024 / 1000, MinimumShares, MaximumShares);

    /// <summary>Microseconds of CPU in each period; 0 when there is no limit.</summary>
    public static long QuotaMicroseconds(long milliCpu) =>
        milliCpu <= 0 ? 0 : Math.Max(milliCpu * PeriodMicroseconds / 1000, MinimumQuotaMicroseconds);

    /// <summary>The cgroup v2 weight (1 to 10000) for a v1 weight.</summary>
    public static long Weight(long shares) => 1 + ((Math.Clamp(shares, MinimumShares, MaximumShares) - 2) * 9999 / 262_142);

    public static long Milli(Dictionary<string, Quantity> amounts, string name) =>
        amounts.TryGetValue(name, out var amount) ? amount.MilliValue : 0;

    public static long Whole(Dictionary<string, Quantity> amounts, string name) =>
        amounts.TryGetValue(name, out var amount) ? amount.WholeValue : 0;
}
