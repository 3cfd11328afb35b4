using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Registry.Core.Allocation;

namespace Xebec.ApiServer.Registry.Core;

/// <summary>
/// Keeps what a Service was given, and its one address and its list of addresses in step: clients of before the list know only the one,
/// and clients send manifests without either.
/// </summary>
internal static class ServiceAddressSync
{
    /// <summary>Fills in what an update left out.</summary>
    public static void Keep(ObjectValue spec, ObjectValue before)
    {
        if (ServiceUse.NeedsAddress(spec) && ServiceUse.NeedsAddress(before))
            KeepAddress(spec, before);
        if (ServiceUse.NeedsNodePorts(spec) && ServiceUse.NeedsNodePorts(before))
            KeepNodePorts(spec, before);
        if (ServiceUse.NeedsHealthCheck(spec) && ServiceUse.NeedsHealthCheck(before) && spec["healthCheckNodePort"]?.AsInt64() is null or 0)
            spec["healthCheckNodePort"] = before["healthCheckNodePort"];
    }

    /// <summary>Brings the list in step with the one.</summary>
    public static void Align(ObjectValue spec, ObjectValue? before)
    {
        var (now, list) = (First(spec), spec.GetList("clusterIPs") ?? []);
        if (before is null)
        {
            if (now.Length > 0 && list.Count == 0)
                spec["clusterIPs"] = new ListValue([now]);
            return;
        }

        var (old, oldList) = (First(before), before.GetList("clusterIPs") ?? []);
        if (oldList.Count > 0 && list.Count == 0 && old == now)
            spec["clusterIPs"] = oldList.DeepClone();
        else if (old != now && list.DeepEquals(oldList))
            Replace(spec, now, list);
    }

    private static void Replace(ObjectValue spec, string now, ListValue list)
    {
        if (now.Length == 0)
            spec.Remove("clusterIPs");
        else if (list.Count > 0)
            spec["clusterIPs"] = new ListValue([now, .. list.Skip(1)]);
        else
            spec["clusterIPs"] = new ListValue([now]);
    }

    private static string First(ObjectValue spec) => spec.GetString("clusterIP") ?? "";

    private static void KeepAddress(ObjectValue spec, ObjectValue before)
    {
        if (First(spec).Length == 0 && First(before).Length > 0)
            spec["clusterIP"] = before["clusterIP"];
        if (spec.GetList("clusterIPs") is not { Count: > 0 } && First(spec) == First(before))
            spec["clusterIPs"] = before["clusterIPs"]?.DeepClone();
    }

    // A port keeps its node port by its name, unless another port of the Service has taken it over.
    private static void KeepNodePorts(ObjectValue spec, ObjectValue before)
    {
        var used = ServiceUse.NodePorts(new() { { "spec", spec } });
        foreach (var port in (spec.GetList("ports") ?? []).OfType<ObjectValue>())
        {
            if (port["nodePort"]?.AsInt64() is > 0)
                continue;
            var same = (before.GetList("ports") ?? []).OfType<ObjectValue>().LastOrDefault(p => (p.GetString("name") ?? "") == (port.GetString("name") ?? ""));
            if (same?["nodePort"]?.AsInt64() is > 0 and var kept && used.Add((int)kept))
                port["nodePort"] = kept;
        }
    }
}
