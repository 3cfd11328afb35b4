namespace Xebec.Kubelet.Runtime;

/// <summary>Selects sandboxes; null parts select all, the parts are ANDed.</summary>
public sealed record PodSandboxFilter
{
    /// <summary>An id, or an unambiguous start of one.</summary>
    public string? Id { get; init; }

    /// <summary>Only those in this state.</summary>
    public PodSandboxState? State { get; init; }

    /// <summary>Labels that must all be there with these values.</summary>
    public IReadOnlyDictionary<string, string> LabelSelector { get; init; } = EmptyMap.Strings;
}
