using Xebec.Api;
using Xebec.Api.Core.V1;
using Xebec.Api.Discovery.V1;
using Xebec.Api.Meta.V1;
using Xebec.Client;
using EndpointPort = Xebec.Api.Discovery.V1.EndpointPort;

namespace Xebec.ControllerManager.Controllers.EndpointSlices;

/// <summary>
/// Packs endpoints into slices of at most 100, changing as few slices as it can: endpoints stay where they are, room in slices
/// that change anyway is filled first.
/// </summary>
internal sealed class SlicePlanner(Service service, Func<string, Node?> nodeOf)
{
    public const string ManagedBy = "endpointslice.kubernetes.io/managed-by";
    public const string Manager = "endpointslice-controller.k8s.io";
    public const string ServiceName = "kubernetes.io/service-name";
    private const string Headless = "service.kubernetes.io/headless";
    private const int MostEndpoints = 100;

    public SlicePlan Make(IReadOnlyList<Pod> pods, IReadOnlyList<EndpointSlice> existing)
    {
        var plan = SlicePlan.Empty;
        var families = service.Spec.IpFamilies.Count > 0 ? service.Spec.IpFamilies : [IPFamily.IPv4];
        plan.Delete.AddRange(existing.Where(s => !families.Contains(s.AddressType)));
        foreach (var family in families)
            Plan(family, pods, [.. existing.Where(s => s.AddressType == family)], plan);
        return plan;
    }

    private void Plan(string family, IReadOnlyList<Pod> pods, List<EndpointSlice> existing, SlicePlan plan)
    {
        var groups = Group(family, pods);
        if (groups.Count == 0)
            groups.Add("", ([], []));
        var byPorts = existing.ToLookup(s => s.Endpoints.Count == 0 && s.Ports.Count == 0 ? "" : Key(s.Ports), StringComparer.Ordinal);
        foreach (var (key, (ports, endpoints)) in groups)
            Fill(family, ports, endpoints, [.. byPorts[key]], plan);
        plan.Delete.AddRange(byPorts.Where(s => !groups.ContainsKey(s.Key)).SelectMany(s => s));
        ReuseDeleted(plan);
    }

    /// <summary>The endpoints by the ports they have: pods may name different numbers alike.</summary>
    private Dictionary<string, (List<EndpointPort> Ports, Dictionary<string, Endpoint> Endpoints)> Group(
        string family, IReadOnlyList<Pod> pods)
    {
        var groups = new Dictionary<string, (List<EndpointPort>, Dictionary<string, Endpoint> Endpoints)>(StringComparer.Ordinal);
        foreach (var pod in pods)
        {
            if (PodEndpoint.Address(pod, family) is not { } address)
                continue;
            var ports = ServicePorts.Of(service, pod);
            var key = Key(ports);
            if (!groups.TryGetValue(key, out var group))
                groups[key] = group = (ports, new(StringComparer.Ordinal));
            group.Endpoints[pod.Metadata.Uid] = PodEndpoint.Make(service, pod, address, nodeOf(pod.Spec.NodeName));
        }

        return groups;
    }

    private static string Key(List<EndpointPort> ports) => ports.Count == 0 ? "none" : string.Join(
        ';', ports.Select(p => $"{p.Name}/{p.Port}/{p.Protocol}/{p.AppProtocol}").Order(StringComparer.Ordinal));

    private void Fill(
        string family, List<EndpointPort> ports, Dictionary<string, Endpoint> desired, List<EndpointSlice> existing, SlicePlan plan)
    {
        var missing = new Dictionary<string, Endpoint>(desired, StringComparer.Ordinal);
        var slices = existing.ConvertAll(s => (Slice: s, Kept: Keep(s, desired, missing)));
        var empty = slices.Where(s => s.Kept.Count == 0).ToList();
        var waiting = new Queue<Endpoint>(missing.Values);
        var filled = slices.Where(s => s.Kept.Count > 0).OrderBy(s => IsSame(s.Slice, s.Kept)).ThenByDescending(s => s.Kept.Count);
        foreach (var (slice, kept) in filled)
        {
            var mayGrow = !IsSame(slice, kept) || waiting.Count <= MostEndpoints - kept.Count;
            while (mayGrow && kept.Count < MostEndpoints && waiting.TryDequeue(out var next))
                kept.Add(next);
            UpdateIfDifferent(slice, kept, ports, plan);
        }

        var isFirst = slices.Count == empty.Count;
        while (waiting.Count > 0 || isFirst)
        {
            isFirst = false;
            List<Endpoint> chunk = [];
            while (chunk.Count < MostEndpoints && waiting.TryDequeue(out var next))
                chunk.Add(next);
            if (empty.Count == 0)
            {
                plan.Create.Add(NewSlice(family, ports, chunk));
                continue;
            }

            UpdateIfDifferent(empty[^1].Slice, chunk, ports, plan);
            empty.RemoveAt(empty.Count - 1);
        }

        plan.Delete.AddRange(empty.Select(s => s.Slice));
    }

    /// <summary>The endpoints of a slice that are still wanted, as they are wanted now.</summary>
    private static List<Endpoint> Keep(EndpointSlice slice, Dictionary<string, Endpoint> desired, Dictionary<string, Endpoint> missing)
    {
        var kept = new List<Endpoint>(slice.Endpoints.Count);
        foreach (var endpoint in slice.Endpoints)
        {
            var uid = endpoint.TargetRef?.Uid ?? "";
            if (missing.Remove(uid))
                kept.Add(desired[uid]);
        }

        return kept;
    }

    private static bool IsSame(EndpointSlice slice, List<Endpoint> endpoints)
    {
        if (slice.Endpoints.Count != endpoints.Count)
            return false;
        for (var i = 0; i < endpoints.Count; i++)
        {
            if (!ApiJson.ContentEquals(slice.Endpoints[i], endpoints[i]))
                return false;
        }

        return true;
    }

    private void UpdateIfDifferent(EndpointSlice slice, List<Endpoint> endpoints, List<EndpointPort> ports, SlicePlan plan)
    {
        var labels = Labels();
        if (IsSame(slice, endpoints) && Key(slice.Ports) == Key(ports) && labels.Count == slice.Metadata.Labels.Count &&
            !labels.Except(slice.Metadata.Labels).Any())
            return;
        var changed = slice.DeepClone();
        changed.Endpoints = endpoints;
        changed.Ports = ports;
        changed.Metadata.Labels = labels;
        plan.Update.Add(changed);
    }

    /// <summary>A slice to delete and one to create of the same family become one to update.</summary>
    private static void ReuseDeleted(SlicePlan plan)
    {
        for (var i = plan.Create.Count - 1; i >= 0; i--)
        {
            var wanted = plan.Create[i];
            if (plan.Delete.Find(d => d.AddressType == wanted.AddressType) is not { } unwanted)
                continue;
            plan.Create.RemoveAt(i);
            plan.Delete.Remove(unwanted);
            var labels = wanted.Metadata.Labels;
            wanted.Metadata = unwanted.Metadata.DeepClone();
            wanted.Metadata.Labels = labels;
            plan.Update.Add(wanted);
        }
    }

    private EndpointSlice NewSlice(string family, List<EndpointPort> ports, List<Endpoint> endpoints) => new()
    {
        AddressType = family,
        Endpoints = endpoints,
        Ports = ports,
        Metadata = new ObjectMeta
        {
            GenerateName = service.Metadata.Name + "-",
            Namespace = service.Metadata.Namespace,
            Labels = Labels(),
            OwnerReferences = [OwnerReferences.NewControllerRef(service)],
        },
    };

    private Dictionary<string, string> Labels()
    {
        var labels = new Dictionary<string, string>(service.Metadata.Labels, StringComparer.Ordinal);
        labels.Remove(Headless);
        if (service.Spec.ClusterIP == "None")
            labels[Headless] = "";
        labels[ServiceName] = service.Metadata.Name;
        labels[ManagedBy] = Manager;
        return labels;
    }
}
