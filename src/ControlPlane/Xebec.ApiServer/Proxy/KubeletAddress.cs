using System.Net;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.Proxy;

/// <summary>Where the kubelet of a node listens.</summary>
/// <param name="Host">An address or name.</param>
/// <param name="Port">The port.</param>
internal readonly record struct KubeletAddress(string Host, int Port)
{
    private const int UsualPort = 10250;
    private static readonly string[] Preference = ["InternalIP", "Hostname", "ExternalIP"];

    /// <summary>Host and port as they stand in a URL.</summary>
    public string Authority => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    /// <summary>Reads it from the Node.</summary>
    /// <exception cref="ApiException">404 when there is no such node, 500 when it has no address.</exception>
    public static KubeletAddress Of(string nodeName, ResourceCatalog catalog)
    {
        var nodes = catalog.Find("", "v1", "nodes")!;
        var node = nodes.Cache.Snapshot.Objects.GetValueOrDefault(nodes.Key("", nodeName))?.ToTree()
            ?? throw ApiErrors.NotFound(nodes.Info, nodeName);
        var status = node.GetObject("status");
        var port = status?.GetObject("daemonEndpoints")?.GetObject("kubeletEndpoint")?["Port"]?.AsInt64() is { } given and not 0 ? given : UsualPort;
        var addresses = status?.GetList("addresses")?.Select(a => a.AsObject()!).ToList() ?? [];
        foreach (var type in Preference)
        {
            var host = addresses.Find(a => a.GetString("type") == type)?.GetString("address") ?? "";
            if (IsHost(host) && port is > 0 and <= IPEndPoint.MaxPort)
                return new KubeletAddress(host, (int)port);
        }

        throw ApiErrors.InternalError($"no preferred addresses found; known addresses: []; node {nodeName}");
    }

    // Nodes write their addresses themselves: one with a path in it would lead this server, by its own credentials, to anything.
    private static bool IsHost(string text) => Uri.CheckHostName(text) is UriHostNameType.Dns or UriHostNameType.IPv4 ||
        (Uri.CheckHostName(text) == UriHostNameType.IPv6 && !text.StartsWith('['));
}
