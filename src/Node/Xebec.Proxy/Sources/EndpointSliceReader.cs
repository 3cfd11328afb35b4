using System.Collections.Immutable;
using System.Net;
using Xebec.Api.Discovery.V1;
using Xebec.Proxy.Rules;

namespace Xebec.Proxy.Sources;

/// <summary>Takes from an EndpointSlice what the rules need.</summary>
internal static class EndpointSliceReader
{
    private const string ServiceNameLabel = "kubernetes.io/service-name";

    /// <summary>namespace/name of the Service a slice belongs to; null if it says none.</summary>
    public static string? ServiceKeyOf(EndpointSlice slice) =>
        slice.Metadata.Labels.TryGetValue(ServiceNameLabel, out var name) ? $"{slice.Metadata.Namespace}/{name}" : null;

    public static ProxyEndpointSlice Read(EndpointSlice slice) =>
        new(slice.Metadata.Name, ServiceKeyOf(slice) ?? "", [.. Ports(slice)], [.. Endpoints(slice)]);

    private static IEnumerable<ProxyEndpointPort> Ports(EndpointSlice slice)
    {
        foreach (var port in slice.Ports)
        {
            if (port.Port is not { } number || port.Protocol is not (null or "" or "TCP" or "UDP")) continue;
            yield return new(port.Name ?? "", port.Protocol == "UDP" ? "udp" : "tcp", number);
        }
    }

    // Only the first address counts: they are interchangeable, and controllers write one.
    private static IEnumerable<ProxyEndpoint> Endpoints(EndpointSlice slice)
    {
        foreach (var endpoint in slice.Endpoints)
        {
            if (endpoint.Addresses.Count == 0 || !IPAddress.TryParse(endpoint.Addresses[0], out var address)) continue;
            var conditions = endpoint.Conditions;
            var ready = conditions.Ready ?? true;
            yield return new(address, ready, conditions.Serving ?? ready, conditions.Terminating ?? false, endpoint.NodeName)
            {
                ForNodes = endpoint.Hints is null ? [] : [.. endpoint.Hints.ForNodes.Select(node => node.Name)],
            };
        }
    }
}
