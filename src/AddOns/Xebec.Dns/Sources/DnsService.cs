using System.Net;
using System.Net.Sockets;
using Xebec.Api.Core.V1;
using Xebec.Api.Discovery.V1;
using Xebec.Api.Meta.V1;

namespace Xebec.Dns.Sources;

/// <summary>The objects by which pods find this listener: the Service every node shares and this node's slice of it.</summary>
internal static class DnsService
{
    public const string Namespace = "kube-system", Name = "kube-dns";

    private static readonly (string Name, string Protocol)[] Transports = [("dns", "UDP"), ("dns-tcp", "TCP")];

    /// <summary>Without a selector: the slices are ours.</summary>
    public static Service Service(IPAddress clusterIP) => new()
    {
        Metadata = new()
        {
            Namespace = Namespace,
            Name = Name,
            Labels = new() { ["k8s-app"] = Name, ["kubernetes.io/cluster-service"] = "true", ["kubernetes.io/name"] = "CoreDNS" },
        },
        Spec = new()
        {
            ClusterIP = clusterIP.ToString(),
            ClusterIPs = [clusterIP.ToString()],
            Ports = [.. Transports.Select(t => new Api.Core.V1.ServicePort { Name = t.Name, Protocol = t.Protocol, Port = 53, TargetPort = 53 })],
        },
    };

    /// <summary>The slice that leads this node's pods to <paramref name="listener"/>, and others' when they have none.</summary>
    public static EndpointSlice Slice(string nodeName, IPEndPoint listener) => new()
    {
        Metadata = new()
        {
            Namespace = Namespace,
            Name = $"{Name}-{nodeName}",
            Labels = new() { ["kubernetes.io/service-name"] = Name, ["endpointslice.kubernetes.io/managed-by"] = "xebec-dns" },
        },
        AddressType = listener.AddressFamily == AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4",
        Ports = [.. Transports.Select(t => new Api.Discovery.V1.EndpointPort { Name = t.Name, Protocol = t.Protocol, Port = listener.Port })],
        Endpoints =
        [
            new()
            {
                Addresses = [listener.Address.ToString()],
                Conditions = new() { Ready = true, Serving = true, Terminating = false },
                NodeName = nodeName,
                Hints = new() { ForNodes = [new() { Name = nodeName }] },
            },
        ],
    };

    /// <summary>True if <paramref name="slice"/> leads to <paramref name="listener"/>.</summary>
    public static bool LeadsTo(EndpointSlice slice, IPEndPoint listener) =>
        slice.Endpoints is [{ Addresses: [var address], Conditions.Ready: not false }]
        && address == listener.Address.ToString()
        && slice.Ports.Count == Transports.Length
        && slice.Ports.TrueForAll(port => port.Port == listener.Port);
}
