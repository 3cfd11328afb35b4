namespace Xebec.Kubelet.Runtime;

/// <summary>All a runtime needs to make a pod's sandbox.</summary>
public sealed record PodSandboxConfig(PodSandboxMetadata Metadata)
{
    /// <summary>The pod's host name; must be empty for host-network pods (runc refuses it there).</summary>
    public string Hostname { get; init; } = "";

    /// <summary>Host folder of the containers' logs, by convention <c>/var/log/pods/NAMESPACE_NAME_UID</c>; empty: no logs.</summary>
    public string LogDirectory { get; init; } = "";

    /// <summary>What becomes the pod's resolv.conf; null copies the host's.</summary>
    public DnsConfig? Dns { get; init; }

    /// <summary>Host ports to open for the pod.</summary>
    public IReadOnlyList<PortMapping> PortMappings { get; init; } = [];

    /// <summary>Labels a filter can select by.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = EmptyMap.Strings;

    /// <summary>Kept and returned unchanged.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = EmptyMap.Strings;

    /// <summary>
    /// The pod's cgroup, as a path from the root of each hierarchy; the kubelet makes and removes it. Empty: the runtime's default.
    /// </summary>
    public string CgroupParent { get; init; } = "";

    /// <summary>Namespaces, user and profile of the sandbox.</summary>
    public SandboxSecurityContext SecurityContext { get; init; } = new();

    /// <summary>Namespaced sysctls by dotted name.</summary>
    public IReadOnlyDictionary<string, string> Sysctls { get; init; } = EmptyMap.Strings;

    /// <summary>Sum of the containers' resources; informs sandbox runtimes such as virtual machines.</summary>
    public LinuxContainerResources? Resources { get; init; }

    /// <summary>The RuntimeClass's overhead.</summary>
    public LinuxContainerResources? Overhead { get; init; }

    /// <summary>The RuntimeClass's handler; empty is the default.</summary>
    public string RuntimeHandler { get; init; } = "";
}
