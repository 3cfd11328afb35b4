namespace Xebec.Kubelet.Eviction;

/// <summary>What is free on the node; a negative number is not known.</summary>
internal readonly record struct EvictionSignals(long MemoryAvailableBytes, long DiskAvailableBytes, long DiskTotalBytes)
{
    private const long MemoryThresholdBytes = 100L * 1024 * 1024;
    private const int DiskThresholdPercent = 10;

    /// <summary>memory.available is below 100Mi.</summary>
    public bool IsMemoryShort => MemoryAvailableBytes is >= 0 and < MemoryThresholdBytes;

    /// <summary>nodefs.available is below 10%.</summary>
    public bool IsDiskShort =>
        DiskTotalBytes > 0 && DiskAvailableBytes >= 0 && DiskAvailableBytes < DiskTotalBytes / 100 * DiskThresholdPercent;

    /// <summary>How full the disk is, in percent.</summary>
    public int DiskUsedPercent => DiskTotalBytes <= 0 ? 0 : (int)(100 - (DiskAvailableBytes * 100 / DiskTotalBytes));
}
