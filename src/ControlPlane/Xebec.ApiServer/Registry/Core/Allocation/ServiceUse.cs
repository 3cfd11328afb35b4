using System.Net;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Core.Allocation;

/// <summary>What a Service uses of the pools, by its type: what a refused one merely names is somebody else's.</summary>
internal static class ServiceUse
{
    /// <summary>Whether a Service of this spec has an address of the cluster or says that it wants none.</summary>
    public static bool NeedsAddress(ObjectValue spec) => spec.GetString("type") is not "ExternalName";

    /// <summary>Whether its ports may be open on every node.</summary>
    public static bool NeedsNodePorts(ObjectValue spec) => spec.GetString("type") is "NodePort" or "LoadBalancer";

    /// <summary>Whether a port that names no node port gets one.</summary>
    public static bool ChoosesNodePorts(ObjectValue spec) =>
        spec.GetString("type") is "NodePort" || (NeedsNodePorts(spec) && spec["allocateLoadBalancerNodePorts"]?.AsBool() != false);

    /// <summary>Whether a balancer asks the nodes which of them have endpoints.</summary>
    public static bool NeedsHealthCheck(ObjectValue spec) =>
        spec.GetString("type") is "LoadBalancer" && spec.GetString("externalTrafficPolicy") is "Local";

    /// <summary>The addresses of a Service.</summary>
    public static HashSet<IPAddress> Addresses(ObjectValue? service)
    {
        HashSet<IPAddress> found = [];
        if (service?.GetObject("spec") is not { } spec || !NeedsAddress(spec))
            return found;
        foreach (var text in spec.GetList("clusterIPs") ?? [])
        {
            if (IPAddress.TryParse(text.AsString(), out var address))
                found.Add(address);
        }

        return found;
    }

    /// <summary>The node ports of a Service, that of its health check among them.</summary>
    public static HashSet<int> NodePorts(ObjectValue? service)
    {
        HashSet<int> found = [];
        if (service?.GetObject("spec") is not { } spec || !NeedsNodePorts(spec))
            return found;
        foreach (var item in spec.GetList("ports") ?? [])
        {
            if (item.AsObject()?["nodePort"]?.AsInt64() is > 0 and <= ushort.MaxValue and var port)
                found.Add((int)port);
        }

        if (NeedsHealthCheck(spec) && spec["healthCheckNodePort"]?.AsInt64() is > 0 and <= ushort.MaxValue and var check)
            found.Add((int)check);
        return found;
    }
}
