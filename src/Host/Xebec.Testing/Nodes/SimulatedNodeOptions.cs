namespace Xebec.Testing.Nodes;

/// <summary>What simulated nodes are like.</summary>
public sealed record SimulatedNodeOptions
{
    /// <summary>Names are this and a number that goes on through the cluster's life: node-1, node-2.</summary>
    public string NamePrefix { get; init; } = "node-";

    /// <summary>CPUs of each.</summary>
    public int Cpus { get; init; } = 8;

    /// <summary>Memory of each, in bytes; 32 GiB.</summary>
    public long MemoryBytes { get; init; } = 32L << 30;

    /// <summary>Most pods of each.</summary>
    public int MaxPods { get; init; } = 110;

    /// <summary>Labels of each beside the well-known ones, for example topology.kubernetes.io/zone.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}
