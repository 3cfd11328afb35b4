namespace Xebec.Kubelet.Eviction;

/// <summary>A running pod with what it uses and what it asked for, in bytes of the resource that is short.</summary>
internal sealed record EvictionCandidate(Pod Pod, long UsageBytes, long RequestBytes);
