using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Cri.Mapping;

/// <summary>cgroup limits to and from the wire.</summary>
internal static class ResourcesMapping
{
    public static Wire.LinuxContainerResources ToWire(LinuxContainerResources resources)
    {
        var wire = new Wire.LinuxContainerResources
        {
            CpuPeriod = resources.CpuPeriodMicroseconds,
            CpuQuota = resources.CpuQuotaMicroseconds,
            CpuShares = resources.CpuShares,
            MemoryLimitInBytes = resources.MemoryLimitBytes,
            MemorySwapLimitInBytes = resources.MemorySwapLimitBytes,
            OomScoreAdj = resources.OomScoreAdj,
            CpusetCpus = resources.CpusetCpus,
            CpusetMems = resources.CpusetMems,
        };
        foreach (var limit in resources.HugepageLimits)
            wire.HugepageLimits.Add(new Wire.HugepageLimit { PageSize = limit.PageSize, Limit = limit.LimitBytes });
        wire.Unified.Fill(resources.Unified);
        return wire;
    }

    public static Wire.LinuxContainerResources? ToWireOrNull(LinuxContainerResources? resources) =>
        resources is null ? null : ToWire(resources);

    public static LinuxContainerResources? FromWire(Wire.LinuxContainerResources? wire) => wire is null ? null : new LinuxContainerResources
    {
        CpuPeriodMicroseconds = wire.CpuPeriod,
        CpuQuotaMicroseconds = wire.CpuQuota,
        CpuShares = wire.CpuShares,
        MemoryLimitBytes = wire.MemoryLimitInBytes,
        MemorySwapLimitBytes = wire.MemorySwapLimitInBytes,
        OomScoreAdj = wire.OomScoreAdj,
        CpusetCpus = wire.CpusetCpus,
        CpusetMems = wire.CpusetMems,
        HugepageLimits = [.. wire.HugepageLimits.Select(limit => new HugepageLimit(limit.PageSize, limit.Limit))],
        Unified = wire.Unified.ToMap(),
    };
}
