namespace Xebec.Kubelet.Runtime;

/// <summary>Who the runtime is, for example <c>containerd</c> <c>1.6.20</c>: a node shows <c>containerd://1.6.20</c>.</summary>
public sealed record RuntimeVersion(string RuntimeName, string Version, string ApiVersion);
