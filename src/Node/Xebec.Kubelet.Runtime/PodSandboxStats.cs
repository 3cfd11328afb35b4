namespace Xebec.Kubelet.Runtime;

/// <summary>Usage of one pod; parts are null where the runtime has no figure.</summary>
public sealed record PodSandboxStats(string Id, PodSandboxMetadata Metadata)
{
    /// <summary>Labels it was run with.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = EmptyMap.Strings;

    /// <summary>Annotations it was run with.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = EmptyMap.Strings;

    /// <summary>CPU of the whole pod.</summary>
    public CpuUsage? Cpu { get; init; }

    /// <summary>Memory of the whole pod.</summary>
    public MemoryUsage? Memory { get; init; }

    /// <summary>Network of the pod; null for host-network pods.</summary>
    public NetworkUsage? Network { get; init; }

    /// <summary>Number of processes.</summary>
    public ulong? ProcessCount { get; init; }

    /// <summary>Its containers.</summary>
    public IReadOnlyList<ContainerStats> Containers { get; init; } = [];
}
