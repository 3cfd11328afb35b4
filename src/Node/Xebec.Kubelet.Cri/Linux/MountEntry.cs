namespace Xebec.Kubelet.Cri.Linux;

/// <summary>One mount: where, which file system, whether it spreads mounts to its peers, and the file system's options.</summary>
internal sealed record MountEntry(string Path, string FileSystem, bool IsShared, string SuperOptions);
