using System.Collections.Immutable;
using System.Net;
using Xebec.Api.Core.V1;
using Xebec.Api.Discovery.V1;
using Xebec.Dns.Records;

namespace Xebec.Dns.Sources;

/// <summary>Takes from a Service and its slices what DNS needs.</summary>
internal static class ServiceRecordsReader
{
    /// <summary>The records of <paramref name="service"/>; <paramref name="slices"/> count only if it is headless.</summary>
    public static ServiceRecords Read(Service service, IEnumerable<EndpointSlice> slices)
    {
        var spec = service.Spec;
        var name = $"{service.Metadata.Name}.{service.Metadata.Namespace}";
        if (spec.Type == "ExternalName") return new() { Name = name, ExternalName = spec.ExternalName.TrimEnd('.').ToLowerInvariant() };
        var clusterIPs = ClusterIPs(spec);
        return clusterIPs.IsEmpty
            ? new() { Name = name, Endpoints = [.. slices.SelectMany(Endpoints).DistinctBy(endpoint => (endpoint.Hostname, endpoint.Address))] }
            : new() { Name = name, ClusterIPs = clusterIPs, Ports = [.. spec.Ports.Select(Port)] };
    }

    private static ImmutableArray<IPAddress> ClusterIPs(ServiceSpec spec)
    {
        var texts = spec.ClusterIPs.Count > 0 ? spec.ClusterIPs : [spec.ClusterIP];
        return [.. texts.Select(text => IPAddress.TryParse(text, out var address) ? address : null).OfType<IPAddress>()];
    }

    private static ServicePortRecord Port(ServicePort port) => new(port.Name, Protocol(port.Protocol), (ushort)port.Port);

    private static IEnumerable<EndpointRecord> Endpoints(EndpointSlice slice)
    {
        ImmutableArray<ServicePortRecord> ports =
            [.. slice.Ports.Where(port => port.Port is not null).Select(port => new ServicePortRecord(port.Name ?? "", Protocol(port.Protocol), (ushort)port.Port!))];
        foreach (var endpoint in slice.Endpoints)
        {
            if (endpoint.Conditions.Ready == false || endpoint.Addresses.Count == 0) continue;
            if (!IPAddress.TryParse(endpoint.Addresses[0], out var address)) continue;
            var hostname = string.IsNullOrEmpty(endpoint.Hostname) ? EndpointRecord.HostnameOf(address) : endpoint.Hostname;
            yield return new(hostname, address, ports);
        }
    }

    private static string Protocol(string? name) => string.IsNullOrEmpty(name) ? "tcp" : name.ToLowerInvariant();
}
