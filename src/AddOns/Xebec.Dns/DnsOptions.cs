using System.Net;

namespace Xebec.Dns;

/// <summary>What cluster DNS must know of its cluster and node.</summary>
public sealed record DnsOptions
{
    /// <summary>The node this listener is on; names its EndpointSlice, kube-dns-NODE.</summary>
    public required string NodeName { get; init; }

    /// <summary>
    /// Where to listen: an address of the node that pods reach and that no outsider should, such as the pod bridge's. It may
    /// come into being later. When the port is taken, or 0, any free one serves: clients come through the Service.
    /// </summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>The cluster IP of the Service kube-system/kube-dns, which the kubelet writes into pods' resolv.conf.</summary>
    public required IPAddress ClusterIP { get; init; }

    /// <summary>The cluster's domain.</summary>
    public string ClusterDomain { get; init; } = "cluster.local";

    /// <summary>The host's resolv.conf(5): its name servers answer what is not the cluster's.</summary>
    public string ResolvConf { get; init; } = "/etc/resolv.conf";
}
