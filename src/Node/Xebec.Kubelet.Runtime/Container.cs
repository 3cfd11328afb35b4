namespace Xebec.Kubelet.Runtime;

/// <summary>A container as the list shows it; ImageRef is the id or digest it was made from.</summary>
public sealed record Container(
    string Id, string PodSandboxId, ContainerMetadata Metadata, ContainerState State, DateTimeOffset CreatedAt,
    string Image, string ImageRef)
{
    /// <summary>Labels it was created with.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = EmptyMap.Strings;

    /// <summary>Annotations it was created with.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = EmptyMap.Strings;
}
