using Xebec.Api.Core.V1;
using Xebec.Api.Discovery.V1;
using Xebec.ControllerManager.Pods;

namespace Xebec.ControllerManager.Controllers.EndpointSlices;

/// <summary>Turns a pod of a Service into an endpoint.</summary>
internal static class PodEndpoint
{
    private const string ZoneLabel = "topology.kubernetes.io/zone";

    /// <summary>The pod's first address of a family; null when it has none or has ended.</summary>
    public static string? Address(Pod pod, string family)
    {
        if (PodState.IsTerminal(pod))
            return null;
        foreach (var ip in pod.Status.PodIPs)
        {
            if (FamilyOf(ip.Ip) == family)
                return ip.Ip;
        }

        return pod.Status.PodIPs.Count == 0 && FamilyOf(pod.Status.PodIP) == family ? pod.Status.PodIP : null;
    }

    public static string FamilyOf(string address) =>
        address.Length == 0 ? "" : address.Contains(':', StringComparison.Ordinal) ? IPFamily.IPv6 : IPFamily.IPv4;

    public static Endpoint Make(Service service, Pod pod, string address, Node? node)
    {
        var isServing = PodState.IsReady(pod);
        var isTerminating = pod.Metadata.DeletionTimestamp is not null;
        return new Endpoint
        {
            Addresses = [address],
            Conditions = new EndpointConditions
            {
                Ready = service.Spec.PublishNotReadyAddresses || (isServing && !isTerminating),
                Serving = isServing,
                Terminating = isTerminating,
            },
            TargetRef = TargetOf(pod),
            NodeName = pod.Spec.NodeName.Length > 0 ? pod.Spec.NodeName : null,
            Zone = node?.Metadata.Labels.GetValueOrDefault(ZoneLabel),
            Hostname = HostnameOf(service, pod),
        };
    }

    public static ObjectReference TargetOf(Pod pod) =>
        new() { Kind = "Pod", Namespace = pod.Metadata.Namespace, Name = pod.Metadata.Name, Uid = pod.Metadata.Uid };

    /// <summary>The pod's own DNS name below the Service, which StatefulSets rely on.</summary>
    public static string? HostnameOf(Service service, Pod pod) =>
        pod.Spec.Hostname.Length > 0 && pod.Spec.Subdomain == service.Metadata.Name ? pod.Spec.Hostname : null;
}
