using System.Collections.Immutable;
using System.Net;
using Xebec.Api.Core.V1;
using Xebec.Proxy.Rules;

namespace Xebec.Proxy.Sources;

/// <summary>Takes from a Service what the rules need.</summary>
internal static class ServiceReader
{
    private const string ProxyNameLabel = "service.kubernetes.io/service-proxy-name";
    private const int DefaultAffinityTimeoutSeconds = 10800;

    /// <summary>Null for a Service without a cluster IP and for one that another proxy is asked to serve.</summary>
    public static ProxyService? Read(Service service)
    {
        var spec = service.Spec;
        if (spec.Type == "ExternalName" || service.Metadata.Labels.ContainsKey(ProxyNameLabel)) return null;
        var clusterIPs = Addresses(spec.ClusterIPs.Count > 0 ? spec.ClusterIPs : [spec.ClusterIP]);
        return clusterIPs.IsEmpty ? null : new ProxyService
        {
            Key = $"{service.Metadata.Namespace}/{service.Metadata.Name}",
            ClusterIPs = clusterIPs,
            Ports = [.. spec.Ports.Where(port => port.Protocol is "" or "TCP" or "UDP").Select(ReadPort)],
            ExternalAddresses = [.. Addresses(spec.ExternalIPs).Union(LoadBalancerAddresses(service))],
            AffinityTimeoutSeconds = AffinityTimeoutSeconds(spec),
            ExternalLocal = spec.ExternalTrafficPolicy == "Local",
            InternalLocal = spec.InternalTrafficPolicy == "Local",
        };
    }

    private static ProxyServicePort ReadPort(ServicePort port) =>
        new(port.Name, port.Protocol == "UDP" ? "udp" : "tcp", port.Port, port.NodePort);

    private static int? AffinityTimeoutSeconds(ServiceSpec spec) => spec.SessionAffinity == "ClientIP"
        ? spec.SessionAffinityConfig?.ClientIP?.TimeoutSeconds ?? DefaultAffinityTimeoutSeconds
        : null;

    // ipMode Proxy: the load balancer wants to see the traffic itself (KEP-1860).
    private static ImmutableArray<IPAddress> LoadBalancerAddresses(Service service) => service.Spec.Type == "LoadBalancer"
        ? Addresses(service.Status.LoadBalancer.Ingress.Where(ingress => ingress.IpMode != "Proxy").Select(ingress => ingress.Ip))
        : [];

    private static ImmutableArray<IPAddress> Addresses(IEnumerable<string> texts)
    {
        var addresses = ImmutableArray.CreateBuilder<IPAddress>();
        foreach (var text in texts)
        {
            if (IPAddress.TryParse(text, out var address)) addresses.Add(address);
        }

        return addresses.DrainToImmutable();
    }
}
