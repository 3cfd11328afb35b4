namespace Xebec.Kubelet.Runtime;

/// <summary>A range of <paramref name="Length"/> ids: container ids from ContainerId on are host ids from HostId on.</summary>
public sealed record IdMapping(uint HostId, uint ContainerId, uint Length);
