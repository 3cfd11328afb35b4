using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>The resources of a pod as a whole (KEP-2837).</summary>
internal static class PodLevelResources
{
    /// <summary>
    /// A pod that limits resources requests, of each it names no request for, what its containers request together, else the limit.
    /// </summary>
    public static void DefaultRequests(ObjectValue spec)
    {
        if (spec.GetObject("resources") is not { } resources || resources.GetObject("limits") is not { Count: > 0 } limits)
            return;
        var requests = resources.GetObject("requests") ?? new ObjectValue();
        foreach (var name in new[] { "cpu", "memory" })
        {
            if (!requests.ContainsKey(name) && Aggregate(spec, "requests", name) is { } sum)
                requests[name] = sum.ToString();
        }

        foreach (var (name, limit) in limits)
        {
            if (!requests.ContainsKey(name) && IsSupported(name))
                requests[name] = limit;
        }

        if (requests.Count > 0)
            resources["requests"] = requests;
    }

    /// <summary>Whether a pod as a whole can ask for a resource.</summary>
    public static bool IsSupported(string resource) =>
        resource is "cpu" or "memory" || resource.StartsWith("hugepages-", StringComparison.Ordinal);

    /// <summary>
    /// What the containers ask for together: main containers and sidecars run together; each init container runs beside the sidecars
    /// started before it. Null when none names the resource in its list (requests or limits).
    /// </summary>
    public static Quantity? Aggregate(ObjectValue spec, string list, string resource)
    {
        var (sidecars, initPeak, found) = (default(Quantity), default(Quantity), false);
        foreach (var container in spec.GetList("initContainers") ?? [])
        {
            var request = Amount(container, list, resource);
            found |= request is not null;
            var needed = sidecars + (request ?? default);
            if (container.AsObject()?.GetString("restartPolicy") == "Always")
                sidecars = needed;
            initPeak = needed > initPeak ? needed : initPeak;
        }

        var sum = sidecars;
        foreach (var container in spec.GetList("containers") ?? [])
        {
            var request = Amount(container, list, resource);
            found |= request is not null;
            sum += request ?? default;
        }

        return found ? sum > initPeak ? sum : initPeak : null;
    }

    private static Quantity? Amount(Value container, string list, string resource) =>
        container.AsObject()?.GetObject("resources")?.GetObject(list)?.GetString(resource) is { } text
        && Quantity.TryParse(text, out var quantity)
            ? quantity
            : null;
}
