using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Core;

/// <summary>A pod's class of service, from the CPU and memory its containers ask for.</summary>
internal static class PodQualityOfService
{
    private static readonly string[] Counted = ["cpu", "memory"];

    /// <summary>Guaranteed, Burstable or BestEffort.</summary>
    public static string Of(ObjectValue pod)
    {
        var (asks, guaranteed) = (false, true);
        var spec = pod.GetObject("spec");
        foreach (var container in (spec?.GetList("containers") ?? []).Concat(spec?.GetList("initContainers") ?? []))
        {
            var resources = container.AsObject()?.GetObject("resources");
            foreach (var name in Counted)
            {
                var (request, limit) = (Amount(resources, "requests", name), Amount(resources, "limits", name));
                asks |= request > 0 || limit > 0;
                guaranteed &= limit > 0 && (request == 0 || request == limit);
            }
        }

        return !asks ? "BestEffort" : guaranteed ? "Guaranteed" : "Burstable";
    }

    private static decimal Amount(ObjectValue? resources, string list, string name) =>
        resources?.GetObject(list)?.GetString(name) is { } text && Quantity.TryParse(text, out var quantity) ? quantity.Value : 0;
}
