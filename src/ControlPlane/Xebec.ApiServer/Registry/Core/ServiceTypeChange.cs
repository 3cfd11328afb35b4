using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Registry.Core.Allocation;

namespace Xebec.ApiServer.Registry.Core;

/// <summary>
/// What a Service loses by becoming another type: a field that only the old type has, and that the client sent back as it was, is dropped
/// instead of refused.
/// </summary>
internal static class ServiceTypeChange
{
    /// <summary>Drops the fields from the spec that was sent.</summary>
    public static void DropLeftovers(ObjectValue spec, ObjectValue before)
    {
        if (ServiceUse.NeedsAddress(before) && !ServiceUse.NeedsAddress(spec))
        {
            if (Same(spec, before, "clusterIPs"))
                spec.Remove("clusterIP");
            Drop(spec, before, ["clusterIPs", "ipFamilies", "ipFamilyPolicy"]);
        }

        if (ServiceUse.NeedsNodePorts(before) && !ServiceUse.NeedsNodePorts(spec))
            DropNodePorts(spec, before);
        if (ServiceUse.NeedsHealthCheck(before) && !ServiceUse.NeedsHealthCheck(spec))
            Drop(spec, before, ["healthCheckNodePort"]);
        if (before.GetString("type") is "LoadBalancer" && spec.GetString("type") is not "LoadBalancer")
            Drop(spec, before, ["allocateLoadBalancerNodePorts", "loadBalancerClass"]);
        if (IsExternal(before) && !IsExternal(spec))
            Drop(spec, before, ["externalTrafficPolicy"]);
    }

    private static bool IsExternal(ObjectValue spec) =>
        ServiceUse.NeedsNodePorts(spec) || (ServiceUse.NeedsAddress(spec) && spec.GetList("externalIPs") is { Count: > 0 });

    // Ports may come, go and change, as long as none of them names a node port of its own.
    private static void DropNodePorts(ObjectValue spec, ObjectValue before)
    {
        var old = ServiceUse.NodePorts(new() { { "spec", before } });
        var ports = (spec.GetList("ports") ?? []).OfType<ObjectValue>().ToList();
        if (ports.Exists(p => p["nodePort"]?.AsInt64() is > 0 and var port && !old.Contains((int)Math.Min(port, int.MaxValue))))
            return;
        foreach (var port in ports)
            port.Remove("nodePort");
    }

    private static void Drop(ObjectValue spec, ObjectValue before, string[] fields)
    {
        foreach (var field in fields)
        {
            if (Same(spec, before, field))
                spec.Remove(field);
        }
    }

    private static bool Same(ObjectValue spec, ObjectValue before, string field) =>
        spec[field] is { } value ? value.DeepEquals(before[field]) : before[field] is null;
}
