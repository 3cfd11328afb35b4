namespace Xebec.Kubelet.Runtime;

/// <summary>Whose namespace a sandbox or container lives in.</summary>
public enum NamespaceMode
{
    /// <summary>Shared by all containers of the pod.</summary>
    Pod = 0,
    /// <summary>The container's own.</summary>
    Container = 1,
    /// <summary>The host's.</summary>
    Node = 2,
    /// <summary>That of another container of the pod (ephemeral containers with a target).</summary>
    Target = 3,
}
