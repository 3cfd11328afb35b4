using System.Net;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Networking;

/// <summary>The ServiceCIDR "kubernetes": the range that the server's own configuration gives to Services (KEP-1880).</summary>
internal static class DefaultServiceCidr
{
    /// <summary>The object.</summary>
    public static ObjectValue Tree(IPNetwork range) => new()
    {
        { "metadata", new ObjectValue { { "name", "kubernetes" } } },
        { "spec", new ObjectValue { { "cidrs", new ListValue([range.ToString()]) } } },
    };

    /// <summary>The stored object as ready, since it was made.</summary>
    public static ObjectValue MarkReady(ObjectValue stored)
    {
        var ready = new ObjectValue
        {
            { "type", "Ready" },
            { "status", "True" },
            { "lastTransitionTime", stored.GetObject("metadata")!.GetString("creationTimestamp")! },
            { "reason", "" },
            { "message", "Kubernetes default Service CIDR is ready" },
        };
        if (stored.GetObject("status")?.GetList("conditions") is null or { Count: 0 })
            stored["status"] = new ObjectValue { { "conditions", new ListValue([ready]) } };
        return stored;
    }
}
