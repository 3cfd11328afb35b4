namespace Xebec.Kubelet.Runtime;

/// <summary>What names a sandbox: the pod, and how many sandboxes the pod had before (attempt, from 0).</summary>
public sealed record PodSandboxMetadata(string Name, string Namespace, string Uid, uint Attempt = 0);
