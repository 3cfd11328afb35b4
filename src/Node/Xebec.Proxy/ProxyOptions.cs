namespace Xebec.Proxy;

/// <summary>What the proxy must know of its cluster and node.</summary>
public sealed record ProxyOptions
{
    /// <summary>Names the nftables table, xebec-ID, so that clusters on one machine do not touch each other's rules.</summary>
    public required string ClusterId { get; init; }

    /// <summary>The node whose endpoints are local.</summary>
    public required string NodeName { get; init; }

    /// <summary>The pods' CIDRs: their traffic to a Service with externalTrafficPolicy Local may use any endpoint.</summary>
    public IReadOnlyList<string> ClusterCidrs { get; init; } = [];

    /// <summary>Put before every command, for a node in its own network namespace: nsenter --net=/run/netns/NAME.</summary>
    public IReadOnlyList<string> CommandPrefix { get; init; } = [];

    internal string TableName => "xebec-" + ClusterId;
}
