using System.Collections.Immutable;
using System.Net;

namespace Xebec.Dns.Records;

/// <summary>One ready endpoint of a headless Service; <see cref="Hostname"/> is its address with dashes where it has none.</summary>
internal sealed record EndpointRecord(string Hostname, IPAddress Address, ImmutableArray<ServicePortRecord> Ports)
{
    /// <summary>The label that stands for an address: 10-244-0-5, 2001-db8--1.</summary>
    public static string HostnameOf(IPAddress address) => address.ToString().Replace('.', '-').Replace(':', '-');
}
