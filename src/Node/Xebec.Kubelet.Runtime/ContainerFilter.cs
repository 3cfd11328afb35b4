namespace Xebec.Kubelet.Runtime;

/// <summary>Selects containers; null parts select all, the parts are ANDed.</summary>
public sealed record ContainerFilter
{
    /// <summary>An id, or an unambiguous start of one.</summary>
    public string? Id { get; init; }

    /// <summary>Only those in this state.</summary>
    public ContainerState? State { get; init; }

    /// <summary>Only those of this sandbox.</summary>
    public string? PodSandboxId { get; init; }

    /// <summary>Labels that must all be there with these values.</summary>
    public IReadOnlyDictionary<string, string> LabelSelector { get; init; } = EmptyMap.Strings;
}
