using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>A Service's defaults. Addresses, node ports and address families are given by the API server's allocation, not here.</summary>
internal static class ServiceDefaults
{
    public static void Default(ObjectValue service)
    {
        var spec = service.GetOrAddObject("spec");
        if (spec["type"].IsZero())
            spec["type"] = "ClusterIP";
        DefaultAffinity(spec);
        DefaultPorts(spec);
        DefaultPolicies(spec, spec.GetString("type")!);
        if (spec.GetString("type") == "LoadBalancer")
            DefaultIngressModes(service.GetObject("status")?.GetObject("loadBalancer")?.GetList("ingress"));
    }

    private static void DefaultAffinity(ObjectValue spec)
    {
        if (spec["sessionAffinity"].IsZero())
            spec["sessionAffinity"] = "None";
        if (spec.GetString("sessionAffinity") == "None")
            spec.Remove("sessionAffinityConfig");
        else if (spec.GetString("sessionAffinity") == "ClientIP"
            && spec.GetObject("sessionAffinityConfig")?.GetObject("clientIP")?["timeoutSeconds"].IsAbsent() != false)
            spec["sessionAffinityConfig"] = Value.Parse("""{"clientIP":{"timeoutSeconds":10800}}""");
    }

    private static void DefaultPorts(ObjectValue spec)
    {
        foreach (var item in spec.GetList("ports") ?? [])
        {
            if (item is ObjectValue port && port["targetPort"].IsZero() && !port["port"].IsAbsent())
                port["targetPort"] = port["port"];
        }
    }

    private static void DefaultPolicies(ObjectValue spec, string type)
    {
        var external = type is "LoadBalancer" or "NodePort" || (type == "ClusterIP" && !spec["externalIPs"].IsZero());
        if (external && spec["externalTrafficPolicy"].IsZero())
            spec["externalTrafficPolicy"] = "Cluster";
        if (type is "LoadBalancer" or "NodePort" or "ClusterIP" && spec["internalTrafficPolicy"].IsAbsent())
            spec["internalTrafficPolicy"] = "Cluster";
        if (type == "LoadBalancer" && spec["allocateLoadBalancerNodePorts"].IsAbsent())
            spec["allocateLoadBalancerNodePorts"] = true;
    }

    private static void DefaultIngressModes(ListValue? ingress)
    {
        foreach (var item in ingress ?? [])
        {
            if (item is ObjectValue address && !address["ip"].IsZero() && address["ipMode"].IsAbsent())
                address["ipMode"] = "VIP";
        }
    }
}
