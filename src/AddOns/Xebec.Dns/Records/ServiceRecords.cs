using System.Collections.Immutable;
using System.Net;

namespace Xebec.Dns.Records;

/// <summary>What DNS knows of one Service: it has cluster IPs, or an external name, or it is headless.</summary>
internal sealed record ServiceRecords
{
    /// <summary>name.namespace, as queries have it.</summary>
    public required string Name { get; init; }

    public string Namespace => Name[(Name.IndexOf('.') + 1)..];

    public ImmutableArray<IPAddress> ClusterIPs { get; init; } = [];

    public ImmutableArray<ServicePortRecord> Ports { get; init; } = [];

    /// <summary>The ready endpoints of a headless Service.</summary>
    public ImmutableArray<EndpointRecord> Endpoints { get; init; } = [];

    /// <summary>The target of an ExternalName Service, without a dot at the end.</summary>
    public string? ExternalName { get; init; }

    public bool IsHeadless => ClusterIPs.IsEmpty && ExternalName is null;
}
