namespace Xebec.Kubelet.Runtime;

/// <summary>Memory in bytes; WorkingSet is what counts against limits and eviction.</summary>
public sealed record MemoryUsage(DateTimeOffset Timestamp, ulong WorkingSetBytes)
{
    /// <summary>All memory in use, caches included.</summary>
    public ulong UsageBytes { get; init; }

    /// <summary>Bytes that could still be had below the limit; 0 without a limit.</summary>
    public ulong AvailableBytes { get; init; }

    /// <summary>Anonymous memory.</summary>
    public ulong RssBytes { get; init; }

    /// <summary>Page faults since the start.</summary>
    public ulong PageFaults { get; init; }

    /// <summary>Page faults that needed I/O.</summary>
    public ulong MajorPageFaults { get; init; }
}
