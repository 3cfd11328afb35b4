using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Warnings;

/// <summary>Services: fields that have no effect with the others, and addresses in unusual forms.</summary>
internal static class ServiceWarnings
{
    private const string OldHints = "service.kubernetes.io/topology-aware-hints";

    public static void Report(ObjectValue service, Action<string> warn)
    {
        var (spec, path) = (service.GetObject("spec") ?? [], FieldPath.Root("spec"));
        if (service.GetObject("metadata")?.GetObject("annotations")?.ContainsKey(OldHints) == true)
            warn($"annotation {OldHints} is deprecated, please use service.kubernetes.io/topology-mode instead");
        var isHeadless = spec.GetString("type") == "ClusterIP" && spec.GetString("clusterIP") == "None";
        var isExternalName = spec.GetString("type") == "ExternalName";
        if (!isHeadless && !isExternalName)
            AddressWarnings.ReportIps(spec.GetList("clusterIPs"), path.Child("clusterIPs"), warn);
        if (isHeadless)
            ReportHeadless(spec, warn);
        var external = spec.GetList("externalIPs") ?? [];
        AddressWarnings.ReportIps(external, path.Child("externalIPs"), warn);
        if (external.Count > 0 && !isHeadless && !isExternalName)
            warn("spec.externalIPs is deprecated and may no longer be implemented in some clusters");
        if (spec.GetString("loadBalancerIP") is { Length: > 0 } ip)
            AddressWarnings.ReportIp(ip, path.Child("loadBalancerIP"), warn);
        if (isExternalName && external.Count > 0)
            warn("spec.externalIPs is ignored when spec.type is \"ExternalName\"");
        if (!isExternalName && spec.GetString("externalName") is { Length: > 0 })
            warn("spec.externalName is ignored when spec.type is not \"ExternalName\"");
        if (spec.GetString("trafficDistribution") == "PreferClose")
            warn("spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\"");
    }

    private static void ReportHeadless(ObjectValue spec, Action<string> warn)
    {
        if (spec.GetString("loadBalancerIP") is { Length: > 0 })
            warn("spec.loadBalancerIP is ignored for headless services");
        if (spec.GetList("externalIPs") is { Count: > 0 })
            warn("spec.externalIPs is ignored for headless services");
        if (spec.GetString("sessionAffinity") is not (null or "" or "None"))
            warn("spec.SessionAffinity is ignored for headless services");
    }
}
