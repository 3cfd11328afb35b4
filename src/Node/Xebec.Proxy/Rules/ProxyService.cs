using System.Collections.Immutable;
using System.Net;

namespace Xebec.Proxy.Rules;

/// <summary>What the rules need of a Service that has a cluster IP.</summary>
internal sealed record ProxyService
{
    /// <summary>namespace/name.</summary>
    public required string Key { get; init; }

    public required ImmutableArray<IPAddress> ClusterIPs { get; init; }

    public required ImmutableArray<ProxyServicePort> Ports { get; init; }

    /// <summary>externalIPs and the load balancer's VIP addresses.</summary>
    public ImmutableArray<IPAddress> ExternalAddresses { get; init; } = [];

    /// <summary>Set when sessionAffinity is ClientIP.</summary>
    public int? AffinityTimeoutSeconds { get; init; }

    /// <summary>externalTrafficPolicy: Local.</summary>
    public bool ExternalLocal { get; init; }

    /// <summary>internalTrafficPolicy: Local.</summary>
    public bool InternalLocal { get; init; }
}
