using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>A pod's class of service, from the CPU and memory that it or its containers ask for.</summary>
public static class PodQuality
{
    private static readonly string[] Counted = ["cpu", "memory"];

    /// <summary>Guaranteed, Burstable or BestEffort, of a pod's spec.</summary>
    public static string Of(ObjectValue? spec)
    {
        var (asks, guaranteed) = (false, true);
        if (spec?.GetObject("resources") is { } ofPod && (!ofPod["requests"].IsZero() || !ofPod["limits"].IsZero()))
            Count(ofPod, ref asks, ref guaranteed);
        else
        {
            foreach (var container in (spec?.GetList("containers") ?? []).Concat(spec?.GetList("initContainers") ?? []))
                Count(container.AsObject()?.GetObject("resources"), ref asks, ref guaranteed);
        }

        return !asks ? "BestEffort" : guaranteed ? "Guaranteed" : "Burstable";
    }

    private static void Count(ObjectValue? resources, ref bool asks, ref bool guaranteed)
    {
        foreach (var name in Counted)
        {
            var (request, limit) = (Amount(resources, "requests", name), Amount(resources, "limits", name));
            asks |= request > 0 || limit > 0;
            guaranteed &= limit > 0 && (request is null || request == limit);
        }
    }

    private static decimal? Amount(ObjectValue? resources, string list, string name) =>
        resources?.GetObject(list)?.GetString(name) is { } text && Quantity.TryParse(text, out var quantity) ? quantity.Value : null;
}
