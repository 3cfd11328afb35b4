namespace Xebec.Kubelet.Runtime;

/// <summary>The lines of a pod's resolv.conf.</summary>
public sealed record DnsConfig
{
    /// <summary>Name servers' IP addresses.</summary>
    public IReadOnlyList<string> Servers { get; init; } = [];

    /// <summary>Search domains.</summary>
    public IReadOnlyList<string> Searches { get; init; } = [];

    /// <summary>Options as resolv.conf writes them, such as <c>ndots:5</c>.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];
}
