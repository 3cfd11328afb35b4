namespace Xebec.Kubelet.Runtime;

/// <summary>A pod's own user namespace: which host ids its ids are.</summary>
public sealed record UserNamespace(IReadOnlyList<IdMapping> Uids, IReadOnlyList<IdMapping> Gids);
