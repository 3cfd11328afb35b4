namespace Xebec.Kubelet.Runtime;

/// <summary>Bytes and inodes used on the file system at a host path.</summary>
public sealed record FilesystemUsage(DateTimeOffset Timestamp, string Mountpoint, ulong UsedBytes, ulong InodesUsed);
