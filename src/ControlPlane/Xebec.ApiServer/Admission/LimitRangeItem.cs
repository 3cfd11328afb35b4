using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission;

/// <summary>One item of a LimitRange, with upstream's defaults: what is not given follows from the maximum and the minimum.</summary>
internal sealed record LimitRangeItem(
    string Type, IReadOnlyDictionary<string, Quantity> Minimum, IReadOnlyDictionary<string, Quantity> Maximum,
    IReadOnlyDictionary<string, Quantity> DefaultLimits, IReadOnlyDictionary<string, Quantity> DefaultRequests,
    IReadOnlyDictionary<string, Quantity> MaximumRatios)
{
    public static LimitRangeItem[] AllOf(ObjectValue range) =>
        [.. (range.GetObject("spec")?.GetList("limits") ?? []).OfType<ObjectValue>().Select(Read)];

    private static LimitRangeItem Read(ObjectValue item)
    {
        var type = item.GetString("type") ?? "";
        var (minimum, maximum) = (ResourceAmounts.Read(item, "min"), ResourceAmounts.Read(item, "max"));
        var (limits, requests) = (ResourceAmounts.Read(item, "default"), ResourceAmounts.Read(item, "defaultRequest"));
        if (type == "Container")
        {
            FillIn(limits, maximum);
            FillIn(requests, limits);
            FillIn(requests, minimum);
        }

        return new LimitRangeItem(type, minimum, maximum, limits, requests, ResourceAmounts.Read(item, "maxLimitRequestRatio"));
    }

    private static void FillIn(Dictionary<string, Quantity> target, Dictionary<string, Quantity> source)
    {
        foreach (var (name, amount) in source)
            target.TryAdd(name, amount);
    }
}
