namespace Xebec.Host.Clusters;

/// <summary>Decides when to give memory back: once after each burst of work, in the first quiet interval behind it.</summary>
internal sealed class IdleMemoryPlan(long allocatedBytes)
{
    /// <summary>An interval in which less was allocated is quiet.</summary>
    public const long QuietBytes = 1 << 20;

    /// <summary>As long as less was allocated since the last time there is little to gain, however small the heap.</summary>
    public const long LeastBytes = 4 << 20;

    /// <summary>What is worth it however large the heap is; between the two it is a quarter of the heap.</summary>
    public const long WorthwhileBytes = 32 << 20;

    /// <summary>Compacting a larger heap would keep requests waiting that come meanwhile.</summary>
    public const long LargestHeapBytes = 512 << 20;

    private long _lastBytes = allocatedBytes;
    private long _trimmedAtBytes = allocatedBytes;

    /// <summary>Whether to give memory back now, an interval after the call before; the counter is of all bytes ever allocated.</summary>
    public bool IsTime(long allocatedBytes, long heapBytes)
    {
        var isQuiet = allocatedBytes - _lastBytes < QuietBytes;
        _lastBytes = allocatedBytes;
        var worthwhile = Math.Clamp(heapBytes / 4, LeastBytes, WorthwhileBytes);
        if (!isQuiet || allocatedBytes - _trimmedAtBytes < worthwhile || heapBytes > LargestHeapBytes)
            return false;
        _trimmedAtBytes = allocatedBytes;
        return true;
    }
}
