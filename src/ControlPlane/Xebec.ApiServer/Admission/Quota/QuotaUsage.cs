using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission.Quota;

/// <summary>How much of each quota resource one object uses ("Resource quotas" of the documentation). Pure.</summary>
internal static class QuotaUsage
{
    private static readonly Quantity One = new(1);
    private static readonly HashSet<string> CountedByName = new(StringComparer.Ordinal)
    {
        "pods", "services", "replicationcontrollers", "resourcequotas", "secrets", "configmaps", "persistentvolumeclaims",
    };

    public static Dictionary<string, Quantity> Of(string group, string plural, ObjectValue tree)
    {
        var usage = new Dictionary<string, Quantity>(StringComparer.Ordinal)
        {
            [group.Length == 0 ? $"count/{plural}" : $"count/{plural}.{group}"] = One,
        };
        if (group.Length > 0)
            return usage;
        if (plural == "pods")
        {
            AddPod(usage, tree);
            return usage;
        }

        if (CountedByName.Contains(plural))
            usage[plural] = One;
        if (plural == "services")
            AddService(usage, tree.GetObject("spec"));
        else if (plural == "persistentvolumeclaims")
            AddClaim(usage, tree.GetObject("spec"));
        return usage;
    }

    /// <summary>The group and plural whose objects count towards a quota resource; null when it is not known.</summary>
    public static (string Group, string Plural) Source(string resource)
    {
        const string Count = "count/";
        if (resource.StartsWith(Count, StringComparison.Ordinal))
        {
            var name = resource[Count.Length..];
            var dot = name.IndexOf('.', StringComparison.Ordinal);
            return dot < 0 ? ("", name) : (name[(dot + 1)..], name[..dot]);
        }

        if (resource is "requests.storage" || resource.Contains(".storageclass.storage.k8s.io/", StringComparison.Ordinal))
            return ("", "persistentvolumeclaims");
        if (resource.StartsWith("services", StringComparison.Ordinal))
            return ("", "services");
        return ("", CountedByName.Contains(resource) ? resource : "pods");
    }

    private static void AddPod(Dictionary<string, Quantity> usage, ObjectValue pod)
    {
        if (pod.GetObject("status")?.GetString("phase") is "Succeeded" or "Failed")
            return;
        usage["pods"] = One;
        foreach (var (resource, amount) in ResourceAmounts.OfPod(pod, "requests"))
        {
            usage[$"requests.{resource}"] = amount;
            if (resource is "cpu" or "memory" or "ephemeral-storage" || resource.StartsWith("hugepages-", StringComparison.Ordinal))
                usage[resource] = amount;
        }

        foreach (var (resource, amount) in ResourceAmounts.OfPod(pod, "limits"))
            usage[$"limits.{resource}"] = amount;
    }

    private static void AddService(Dictionary<string, Quantity> usage, ObjectValue? spec)
    {
        var type = spec?.GetString("type");
        usage["services.nodeports"] = new Quantity(NodePorts(spec, type));
        usage["services.loadbalancers"] = new Quantity(type is "LoadBalancer" ? 1 : 0);
    }

    // A balancer that is given no node ports counts those it names.
    private static int NodePorts(ObjectValue? spec, string? type)
    {
        if (type is not ("NodePort" or "LoadBalancer") || spec?.GetList("ports") is not { } ports)
            return 0;
        var names = type is "LoadBalancer" && spec["allocateLoadBalancerNodePorts"]?.AsBool() == false;
        return names ? ports.Count(p => p.AsObject()?["nodePort"]?.AsInt64() is > 0) : ports.Count;
    }

    private static void AddClaim(Dictionary<string, Quantity> usage, ObjectValue? spec)
    {
        ResourceAmounts.Read(spec?.GetObject("resources"), "requests").TryGetValue("storage", out var storage);
        usage["requests.storage"] = storage;
        if (spec?.GetString("storageClassName") is not { Length: > 0 } storageClass)
            return;
        usage[$"{storageClass}.storageclass.storage.k8s.io/requests.storage"] = storage;
        usage[$"{storageClass}.storageclass.storage.k8s.io/persistentvolumeclaims"] = One;
    }
}
