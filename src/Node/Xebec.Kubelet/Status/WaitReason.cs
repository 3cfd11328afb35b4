namespace Xebec.Kubelet.Status;

/// <summary>Why a container does not run yet, as its waiting state shows it.</summary>
internal sealed record WaitReason(string Reason, string Message);
