namespace Xebec.Kubelet.Runtime;

/// <summary>A sandbox as the list shows it.</summary>
public sealed record PodSandbox(string Id, PodSandboxMetadata Metadata, PodSandboxState State, DateTimeOffset CreatedAt)
{
    /// <summary>Labels it was run with.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = EmptyMap.Strings;

    /// <summary>Annotations it was run with.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = EmptyMap.Strings;

    /// <summary>Runtime handler it runs by; empty is the default.</summary>
    public string RuntimeHandler { get; init; } = "";
}
