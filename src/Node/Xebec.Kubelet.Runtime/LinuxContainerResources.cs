namespace Xebec.Kubelet.Runtime;

/// <summary>cgroup limits of a container; 0 and empty mean not specified.</summary>
public sealed record LinuxContainerResources
{
    /// <summary>CFS period in microseconds.</summary>
    public long CpuPeriodMicroseconds { get; init; }

    /// <summary>CFS quota in microseconds per period; -1 is none.</summary>
    public long CpuQuotaMicroseconds { get; init; }

    /// <summary>Relative weight, 2 to 262144 (1024 per CPU requested).</summary>
    public long CpuShares { get; init; }

    /// <summary>Memory limit in bytes.</summary>
    public long MemoryLimitBytes { get; init; }

    /// <summary>Memory plus swap limit in bytes.</summary>
    public long MemorySwapLimitBytes { get; init; }

    /// <summary>-1000 to 1000: the higher, the sooner killed.</summary>
    public long OomScoreAdj { get; init; }

    /// <summary>CPUs it may use, as <c>0-2,7</c>.</summary>
    public string CpusetCpus { get; init; } = "";

    /// <summary>Memory nodes it may use.</summary>
    public string CpusetMems { get; init; } = "";

    /// <summary>Huge page limits.</summary>
    public IReadOnlyList<HugepageLimit> HugepageLimits { get; init; } = [];

    /// <summary>cgroup v2 files and their contents, such as <c>memory.high</c>.</summary>
    public IReadOnlyDictionary<string, string> Unified { get; init; } = EmptyMap.Strings;
}
