using System.Net;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Core;

/// <summary>The Service "kubernetes" in the default namespace and what it leads to: this server.</summary>
internal static class KubernetesService
{
    private const string Name = "kubernetes";
    private static readonly string[] Contents = ["subsets", "endpoints", "ports"];

    /// <summary>The Service, at the first address of the range.</summary>
    public static ObjectValue Service(KubeApiServerOptions options, int listenPort)
    {
        var port = new ObjectValue { { "name", "https" }, { "port", 443L }, { "protocol", "TCP" }, { "targetPort", (long)listenPort } };
        return new ObjectValue
        {
            { "metadata", Metadata(new ObjectValue { { "component", "apiserver" }, { "provider", "kubernetes" } }) },
            {
                "spec", new ObjectValue
                {
                    { "type", "ClusterIP" },
                    { "clusterIP", FirstAddress(options.ServiceNetwork).ToString() },
                    { "ports", new ListValue([port]) },
                    { "sessionAffinity", "None" },
                }
            },
        };
    }

    /// <summary>The Endpoints object.</summary>
    public static ObjectValue Endpoints(string address, int port)
    {
        var subset = new ObjectValue
        {
            { "addresses", new ListValue([new ObjectValue { { "ip", address } }]) },
            { "ports", new ListValue([new ObjectValue { { "name", "https" }, { "port", (long)port }, { "protocol", "TCP" } }]) },
        };
        return new ObjectValue
        {
            { "metadata", Metadata(new ObjectValue { { "endpointslice.kubernetes.io/skip-mirror", "true" } }) },
            { "subsets", new ListValue([subset]) },
        };
    }

    /// <summary>The EndpointSlice.</summary>
    public static ObjectValue Slice(string address, int port)
    {
        var endpoint = new ObjectValue
        {
            { "addresses", new ListValue([address]) },
            { "conditions", new ObjectValue { { "ready", true } } },
        };
        return new ObjectValue
        {
            { "metadata", Metadata(new ObjectValue { { "kubernetes.io/service-name", Name } }) },
            { "addressType", "IPv4" },
            { "endpoints", new ListValue([endpoint]) },
            { "ports", new ListValue([new ObjectValue { { "name", "https" }, { "port", (long)port }, { "protocol", "TCP" } }]) },
        };
    }

    /// <summary>A stored Endpoints or EndpointSlice brought up to date after the server's address has changed.</summary>
    public static ObjectValue Refresh(ObjectValue stored, ObjectValue wanted)
    {
        foreach (var name in Contents)
        {
            if (wanted[name] is { } value)
                stored[name] = value.DeepClone();
        }

        return stored;
    }

    private static ObjectValue Metadata(ObjectValue labels) => new() { { "name", Name }, { "namespace", "default" }, { "labels", labels } };

    private static IPAddress FirstAddress(IPNetwork network)
    {
        var bytes = network.BaseAddress.GetAddressBytes();
        bytes[^1]++;
        return new IPAddress(bytes);
    }
}
