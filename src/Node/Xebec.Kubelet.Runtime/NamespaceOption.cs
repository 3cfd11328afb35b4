namespace Xebec.Kubelet.Runtime;

/// <summary>Linux namespaces of a sandbox or container. The defaults are those of an ordinary pod's containers.</summary>
public sealed record NamespaceOption
{
    /// <summary>Pod, or Node for hostNetwork.</summary>
    public NamespaceMode Network { get; init; } = NamespaceMode.Pod;

    /// <summary>Container; Pod for shareProcessNamespace; Node for hostPID; Target for an ephemeral container.</summary>
    public NamespaceMode Pid { get; init; } = NamespaceMode.Container;

    /// <summary>Pod, or Node for hostIPC.</summary>
    public NamespaceMode Ipc { get; init; } = NamespaceMode.Pod;

    /// <summary>The container whose namespaces are meant where a mode is Target.</summary>
    public string TargetId { get; init; } = "";

    /// <summary>The pod's user namespace (hostUsers: false); null is the host's.</summary>
    public UserNamespace? User { get; init; }
}
