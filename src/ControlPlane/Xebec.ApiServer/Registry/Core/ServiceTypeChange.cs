using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Core;

/// <summary>
/// What a Service loses by becoming another type: a field that only the old type has, and that the client sent back as it was, is dropped
/// instead of refused.
/// </summary>
internal static class ServiceTypeChange
{
    private static readonly string[] WithAddress = ["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"];
    private static readonly string[] WithExternalTraffic = ["externalTrafficPolicy"];
    private static readonly string[] WithLoadBalancer = ["allocateLoadBalancerNodePorts", "loadBalancerClass"];

    /// <summary>Drops the fields from the spec that was sent.</summary>
    public static void DropLeftovers(ObjectValue spec, ObjectValue before)
    {
        var (type, old) = (spec.GetString("type") ?? "ClusterIP", before.GetString("type") ?? "ClusterIP");
        if (type == "ExternalName" && old != "ExternalName")
            Drop(spec, before, WithAddress);
        if (type is not ("NodePort" or "LoadBalancer") && old is "NodePort" or "LoadBalancer")
            Drop(spec, before, WithExternalTraffic);
        if (type != "LoadBalancer" && old == "LoadBalancer")
            Drop(spec, before, WithLoadBalancer);
        if (spec.GetString("externalTrafficPolicy") != "Local" || type != "LoadBalancer")
            Drop(spec, before, ["healthCheckNodePort"]);
    }

    private static void Drop(ObjectValue spec, ObjectValue before, string[] fields)
    {
        foreach (var field in fields)
        {
            if (spec[field] is { } value && value.DeepEquals(before[field]))
                spec.Remove(field);
        }
    }
}
