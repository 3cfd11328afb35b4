using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission;

/// <summary>Lists of resource amounts (cpu, memory, …) as dictionaries, and their sums over a pod.</summary>
internal static class ResourceAmounts
{
    /// <summary>A member of an object that is a resource list; empty when it is absent.</summary>
    public static Dictionary<string, Quantity> Read(ObjectValue? owner, string name)
    {
        var amounts = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        foreach (var (resource, value) in owner?.GetObject(name) ?? [])
        {
            if (Quantity.TryParse(value.AsString() ?? value.ToString(), out var amount))
                amounts[resource] = amount;
        }

        return amounts;
    }

    /// <summary>
    /// What a pod asks for ("requests" or "limits"): the containers together with the sidecars, or more when an init container asks for more;
    /// plus the overhead.
    /// </summary>
    public static Dictionary<string, Quantity> OfPod(ObjectValue pod, string list)
    {
        var sum = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        var (sidecars, initial) = (new Dictionary<string, Quantity>(StringComparer.Ordinal), new Dictionary<string, Quantity>(StringComparer.Ordinal));
        foreach (var container in PodContainers.In(pod, "containers"))
            Add(sum, Read(container.GetObject("resources"), list));
        foreach (var container in PodContainers.In(pod, "initContainers"))
        {
            var own = Read(container.GetObject("resources"), list);
            if (container.GetString("restartPolicy") == "Always")
            {
                Add(sum, own);
                Add(sidecars, own);
                Maximum(initial, sidecars);
            }
            else
            {
                Add(own, sidecars);
                Maximum(initial, own);
            }
        }

        Maximum(sum, initial);
        foreach (var (resource, amount) in Read(pod.GetObject("spec")?.GetObject("resources"), list))
            sum[resource] = amount;
        if (list == "requests" || sum.Count > 0)
            Add(sum, Read(pod.GetObject("spec"), "overhead"));
        return sum;
    }

    private static void Add(Dictionary<string, Quantity> sum, Dictionary<string, Quantity> more)
    {
        foreach (var (resource, amount) in more)
            sum[resource] = sum.TryGetValue(resource, out var had) ? had + amount : amount;
    }

    private static void Maximum(Dictionary<string, Quantity> most, Dictionary<string, Quantity> other)
    {
        foreach (var (resource, amount) in other)
        {
            if (!most.TryGetValue(resource, out var had) || had < amount)
                most[resource] = amount;
        }
    }
}
