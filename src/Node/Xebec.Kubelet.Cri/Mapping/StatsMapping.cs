using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Cri.Mapping;

/// <summary>Usage figures from the wire.</summary>
internal static class StatsMapping
{
    public static Wire.ContainerStatsFilter? ToWire(ContainerFilter? filter)
    {
        if (filter is null)
            return null;
        var wire = new Wire.ContainerStatsFilter { Id = filter.Id ?? "", PodSandboxId = filter.PodSandboxId ?? "" };
        wire.LabelSelector.Fill(filter.LabelSelector);
        return wire;
    }

    public static Wire.PodSandboxStatsFilter? ToWire(PodSandboxFilter? filter)
    {
        if (filter is null)
            return null;
        var wire = new Wire.PodSandboxStatsFilter { Id = filter.Id ?? "" };
        wire.LabelSelector.Fill(filter.LabelSelector);
        return wire;
    }

    public static ContainerStats FromWire(Wire.ContainerStats wire) =>
        new(wire.Attributes?.Id ?? "", ContainerMapping.FromWire(wire.Attributes?.Metadata))
        {
            Labels = wire.Attributes?.Labels.ToMap() ?? new Dictionary<string, string>(),
            Annotations = wire.Attributes?.Annotations.ToMap() ?? new Dictionary<string, string>(),
            Cpu = FromWire(wire.Cpu),
            Memory = FromWire(wire.Memory),
            WritableLayer = wire.WritableLayer is { } layer ? ImageMapping.FromWire(layer) : null,
        };

    public static PodSandboxStats FromWire(Wire.PodSandboxStats wire) =>
        new(wire.Attributes?.Id ?? "", SandboxMapping.FromWire(wire.Attributes?.Metadata))
        {
            Labels = wire.Attributes?.Labels.ToMap() ?? new Dictionary<string, string>(),
            Annotations = wire.Attributes?.Annotations.ToMap() ?? new Dictionary<string, string>(),
            Cpu = FromWire(wire.Linux?.Cpu),
            Memory = FromWire(wire.Linux?.Memory),
            Network = FromWire(wire.Linux?.Network),
            ProcessCount = wire.Linux?.Process?.ProcessCount?.Value,
            Containers = [.. (wire.Linux?.Containers ?? []).Select(FromWire)],
        };

    private static CpuUsage? FromWire(Wire.CpuUsage? wire) => wire is null ? null : new CpuUsage(
        WireMaps.ToTime(wire.Timestamp), wire.UsageCoreNanoSeconds?.Value ?? 0, wire.UsageNanoCores?.Value ?? 0);

    private static MemoryUsage? FromWire(Wire.MemoryUsage? wire) =>
        wire is null ? null : new MemoryUsage(WireMaps.ToTime(wire.Timestamp), wire.WorkingSetBytes?.Value ?? 0)
        {
            UsageBytes = wire.UsageBytes?.Value ?? 0,
            AvailableBytes = wire.AvailableBytes?.Value ?? 0,
            RssBytes = wire.RssBytes?.Value ?? 0,
            PageFaults = wire.PageFaults?.Value ?? 0,
            MajorPageFaults = wire.MajorPageFaults?.Value ?? 0,
        };

    private static NetworkUsage? FromWire(Wire.NetworkUsage? wire) => wire is null ? null : new NetworkUsage(
        WireMaps.ToTime(wire.Timestamp),
        wire.DefaultInterface is { } face ? FromWire(face) : null,
        [.. wire.Interfaces.Select(FromWire)]);

    private static NetworkInterfaceUsage FromWire(Wire.NetworkInterfaceUsage wire) => new(
        wire.Name, wire.RxBytes?.Value ?? 0, wire.RxErrors?.Value ?? 0, wire.TxBytes?.Value ?? 0, wire.TxErrors?.Value ?? 0);
}
