using Xebec.Api.Core.V1;
using Xebec.ControllerManager.Controllers.EndpointSlices;
using Xebec.ControllerManager.Pods;

namespace Xebec.ControllerManager.Controllers.Endpoints;

/// <summary>The subsets of a Service's Endpoints: addresses with the same ports together, in order, at most 1000.</summary>
internal static class EndpointsPlan
{
    public const int MostAddresses = 1000;

    /// <summary>The subsets, and whether addresses were left out because there are too many.</summary>
    public static (List<EndpointSubset> Subsets, bool IsTruncated) Make(Service service, IEnumerable<Pod> pods)
    {
        var family = service.Spec.IpFamilies is [var first, ..] ? first : IPFamily.IPv4;
        var entries = pods.Where(p => p.Metadata.DeletionTimestamp is null || service.Spec.PublishNotReadyAddresses)
            .Select(p => (Pod: p, Ip: PodEndpoint.Address(p, family)))
            .Where(e => e.Ip is not null)
            .OrderBy(e => e.Ip, StringComparer.Ordinal).ThenBy(e => e.Pod.Metadata.Uid, StringComparer.Ordinal).ToList();
        var subsets = new SortedDictionary<string, EndpointSubset>(StringComparer.Ordinal);
        var isTruncated = entries.Count > MostAddresses;
        var kept = entries.OrderByDescending(e => PodState.IsReady(e.Pod)).Take(MostAddresses).OrderBy(e => e.Ip, StringComparer.Ordinal);
        foreach (var (pod, ip) in kept)
            Add(subsets, service, pod, ip!);
        return ([.. subsets.Values], isTruncated);
    }

    private static void Add(SortedDictionary<string, EndpointSubset> subsets, Service service, Pod pod, string ip)
    {
        var ports = ServicePorts.Of(service, pod);
        if (ports.Count == 0 && service.Spec.Ports.Count > 0)
            return;
        var key = string.Join(';', ports.Select(p => $"{p.Name}/{p.Port}/{p.Protocol}"));
        if (!subsets.TryGetValue(key, out var subset))
        {
            subsets[key] = subset = new EndpointSubset
            {
                Ports = ports.ConvertAll(p => new EndpointPort
                {
                    Name = p.Name ?? "", Port = p.Port ?? 0, Protocol = p.Protocol ?? "", AppProtocol = p.AppProtocol,
                }),
            };
        }

        var isReady = service.Spec.PublishNotReadyAddresses || PodState.IsReady(pod);
        (isReady ? subset.Addresses : subset.NotReadyAddresses).Add(new EndpointAddress
        {
            Ip = ip,
            NodeName = pod.Spec.NodeName.Length > 0 ? pod.Spec.NodeName : null,
            TargetRef = PodEndpoint.TargetOf(pod),
            Hostname = PodEndpoint.HostnameOf(service, pod) ?? "",
        });
    }
}
