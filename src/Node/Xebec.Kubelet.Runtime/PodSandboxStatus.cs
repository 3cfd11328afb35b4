namespace Xebec.Kubelet.Runtime;

/// <summary>A sandbox in detail.</summary>
public sealed record PodSandboxStatus(string Id, PodSandboxMetadata Metadata, PodSandboxState State, DateTimeOffset CreatedAt)
{
    /// <summary>The pod's IP addresses, the primary one first; empty for host-network pods and stopped sandboxes.</summary>
    public IReadOnlyList<string> IpAddresses { get; init; } = [];

    /// <summary>Its namespaces.</summary>
    public NamespaceOption Namespaces { get; init; } = new();

    /// <summary>Labels it was run with.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = EmptyMap.Strings;

    /// <summary>Annotations it was run with.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = EmptyMap.Strings;

    /// <summary>Runtime handler it runs by; empty is the default.</summary>
    public string RuntimeHandler { get; init; } = "";
}
