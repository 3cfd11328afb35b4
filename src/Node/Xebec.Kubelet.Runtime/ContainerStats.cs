namespace Xebec.Kubelet.Runtime;

/// <summary>Usage of one container; parts are null where the runtime has no figure.</summary>
public sealed record ContainerStats(string Id, ContainerMetadata Metadata)
{
    /// <summary>Labels it was created with.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = EmptyMap.Strings;

    /// <summary>Annotations it was created with.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = EmptyMap.Strings;

    /// <summary>CPU.</summary>
    public CpuUsage? Cpu { get; init; }

    /// <summary>Memory.</summary>
    public MemoryUsage? Memory { get; init; }

    /// <summary>Writable layer.</summary>
    public FilesystemUsage? WritableLayer { get; init; }
}
