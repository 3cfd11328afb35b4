namespace Xebec.Kubelet.Runtime;

/// <summary>User, capabilities, namespaces and profiles of a container.</summary>
public sealed record ContainerSecurityContext
{
    /// <summary>All capabilities and devices, nothing masked.</summary>
    public bool Privileged { get; init; }

    /// <summary>Capabilities beyond the runtime's default, without the <c>CAP_</c> prefix; <c>ALL</c> is all.</summary>
    public IReadOnlyList<string> AddCapabilities { get; init; } = [];

    /// <summary>Capabilities taken away; <c>ALL</c> is all.</summary>
    public IReadOnlyList<string> DropCapabilities { get; init; } = [];

    /// <summary>The namespaces; as the sandbox's, but for a Pid of Target.</summary>
    public NamespaceOption Namespaces { get; init; } = new();

    /// <summary>User id; not together with RunAsUsername. Null and empty: the image's.</summary>
    public long? RunAsUser { get; init; }

    /// <summary>User name, looked up in the image.</summary>
    public string RunAsUsername { get; init; } = "";

    /// <summary>Group id; needs a user.</summary>
    public long? RunAsGroup { get; init; }

    /// <summary>Additional group ids.</summary>
    public IReadOnlyList<long> SupplementalGroups { get; init; } = [];

    /// <summary>How the image's groups join in.</summary>
    public SupplementalGroupsPolicy SupplementalGroupsPolicy { get; init; }

    /// <summary>Whether the root file system is read-only.</summary>
    public bool ReadonlyRootfs { get; init; }

    /// <summary>No privileges gained through setuid programs (allowPrivilegeEscalation: false).</summary>
    public bool NoNewPrivs { get; init; }

    /// <summary>Paths hidden from the container.</summary>
    public IReadOnlyList<string> MaskedPaths { get; init; } = [];

    /// <summary>Paths it can only read.</summary>
    public IReadOnlyList<string> ReadonlyPaths { get; init; } = [];

    /// <summary>Seccomp; null is unconfined.</summary>
    public SecurityProfile? Seccomp { get; init; }

    /// <summary>AppArmor; null is the runtime's choice.</summary>
    public SecurityProfile? AppArmor { get; init; }
}
