namespace Xebec.Kubelet.Runtime;

/// <summary>Namespaces, user and profile of a sandbox.</summary>
public sealed record SandboxSecurityContext
{
    /// <summary>The namespaces.</summary>
    public NamespaceOption Namespaces { get; init; } = new();

    /// <summary>Must be true if any container in it is privileged.</summary>
    public bool Privileged { get; init; }

    /// <summary>User id of the sandbox's process.</summary>
    public long? RunAsUser { get; init; }

    /// <summary>Group id of the sandbox's process; needs RunAsUser.</summary>
    public long? RunAsGroup { get; init; }

    /// <summary>Whether the sandbox's root is read-only.</summary>
    public bool ReadonlyRootfs { get; init; }

    /// <summary>Group ids added to every container's first process.</summary>
    public IReadOnlyList<long> SupplementalGroups { get; init; } = [];

    /// <summary>How the image's groups join in.</summary>
    public SupplementalGroupsPolicy SupplementalGroupsPolicy { get; init; }

    /// <summary>Seccomp; null is unconfined.</summary>
    public SecurityProfile? Seccomp { get; init; }

    /// <summary>AppArmor; null is the runtime's choice.</summary>
    public SecurityProfile? AppArmor { get; init; }
}
