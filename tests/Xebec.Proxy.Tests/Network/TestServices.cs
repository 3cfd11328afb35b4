using System.Collections.Immutable;
using System.Net;
using Xebec.Proxy.Rules;

namespace Xebec.Proxy.Tests.Network;

/// <summary>Builds Service states for tests.</summary>
internal static class TestServices
{
    public const string NodeName = "node-a";

    public static ProxyEndpoint Ready(IPAddress address, string? node = NodeName) => new(address, true, true, false, node);

    public static ProxyEndpoint Terminating(IPAddress address, bool serving = true) => new(address, false, serving, true, NodeName);

    public static ServiceState State(string key, string clusterIP, params ProxyEndpoint[] endpoints) =>
        State(key, clusterIP, 80, 0, "tcp", endpoints);

    public static ServiceState State(string key, string clusterIP, int port, int nodePort, string protocol, params ProxyEndpoint[] endpoints)
    {
        var service = new ProxyService
        {
            Key = key,
            ClusterIPs = [IPAddress.Parse(clusterIP)],
            Ports = [new ProxyServicePort("web", protocol, port, nodePort)],
        };
        return new(service, Slices(key, protocol, endpoints));
    }

    public static ImmutableArray<ProxyEndpointSlice> Slices(string key, string protocol, params ProxyEndpoint[] endpoints) =>
        Slices(key, protocol, 8080, endpoints);

    public static ImmutableArray<ProxyEndpointSlice> Slices(string key, string protocol, int port, params ProxyEndpoint[] endpoints) =>
        [new ProxyEndpointSlice(key + "-1", key, [new ProxyEndpointPort("web", protocol, port)], [.. endpoints])];
}
