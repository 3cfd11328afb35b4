namespace Xebec.Host.Clusters;

/// <summary>Decides when to give memory back: once after each burst of work, in the first quiet interval behind it.</summary>
internal sealed class IdleMemoryPlan(long allocatedBytes)
{
    /// <summary>An interval in which less was allocated is quiet.</summary>
    public const long QuietBytes = 1 << 20;

    /// <summary>As long as less was allocated since the last time there is little to gain.</summary>
    public const long WorthwhileBytes = 32 << 20;

    /// <summary>Compacting a larger heap would keep requests waiting that come meanwhile.</summary>
    public const long LargestHeapBytes = 512 << 20;

    private long _lastBytes = allocatedBytes;

    // The start is a burst as well, and what it leaves is worth it however little that was.
    private long _trimmedAtBytes = allocatedBytes - WorthwhileBytes;

    /// <summary>Whether to give memory back now, an interval after the call before; the counter is of all bytes ever allocated.</summary>
    public bool IsTime(long allocatedBytes, long heapBytes)
    {
        var isQuiet = allocatedBytes - _lastBytes < QuietBytes;
        _lastBytes = allocatedBytes;
        if (!isQuiet || allocatedBytes - _trimmedAtBytes < WorthwhileBytes || heapBytes > LargestHeapBytes)
            return false;
        _trimmedAtBytes = allocatedBytes;
        return true;
    }
}
