namespace Xebec.Kubelet.Runtime;

/// <summary>What names a container within its sandbox: the container, and its restart count (attempt, from 0).</summary>
public sealed record ContainerMetadata(string Name, uint Attempt = 0);
