using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission;

/// <summary>What of a pod or claim is outside a LimitRange, in upstream's words.</summary>
internal static class LimitCheck
{
    public static void Check(ObjectValue item, string plural, LimitRangeItem range, List<string> problems)
    {
        if (plural == "persistentvolumeclaims")
        {
            if (range.Type == "PersistentVolumeClaim")
                CheckOne(range, ResourceAmounts.Read(item.GetObject("spec")?.GetObject("resources"), "requests"), [], problems);
        }
        else if (range.Type == "Pod")
        {
            CheckOne(range, ResourceAmounts.OfPod(item, "requests"), ResourceAmounts.OfPod(item, "limits"), problems);
        }
        else if (range.Type == "Container")
        {
            foreach (var container in PodContainers.In(item, "containers").Concat(PodContainers.In(item, "initContainers")))
            {
                var resources = container.GetObject("resources");
                CheckOne(range, ResourceAmounts.Read(resources, "requests"), ResourceAmounts.Read(resources, "limits"), problems);
            }
        }
    }

    private static void CheckOne(
        LimitRangeItem range, Dictionary<string, Quantity> requests, Dictionary<string, Quantity> limits, List<string> problems)
    {
        var isClaim = range.Type == "PersistentVolumeClaim";
        foreach (var (resource, minimum) in range.Minimum)
            Add(problems, BelowMinimum(range.Type, resource, minimum, requests, limits));
        foreach (var (resource, maximum) in range.Maximum)
            Add(problems, isClaim ? ClaimAbove(resource, maximum, requests) : AboveMaximum(range.Type, resource, maximum, requests, limits));
        foreach (var (resource, ratio) in range.MaximumRatios)
            Add(problems, AboveRatio(range.Type, resource, ratio, requests, limits));
    }

    private static void Add(List<string> problems, string? problem)
    {
        if (problem is not null)
            problems.Add(problem);
    }

    private static string? BelowMinimum(
        string type, string resource, Quantity minimum, Dictionary<string, Quantity> requests, Dictionary<string, Quantity> limits)
    {
        var rule = $"minimum {resource} usage per {type} is {minimum}";
        if (!requests.TryGetValue(resource, out var request))
            return $"{rule}.  No request is specified";
        if (request < minimum)
            return $"{rule}, but request is {request}";
        return limits.TryGetValue(resource, out var limit) && limit < minimum ? $"{rule}, but limit is {limit}" : null;
    }

    private static string? AboveMaximum(
        string type, string resource, Quantity maximum, Dictionary<string, Quantity> requests, Dictionary<string, Quantity> limits)
    {
        var rule = $"maximum {resource} usage per {type} is {maximum}";
        if (!limits.TryGetValue(resource, out var limit))
            return $"{rule}.  No limit is specified";
        if (limit > maximum)
            return $"{rule}, but limit is {limit}";
        return requests.TryGetValue(resource, out var request) && request > maximum ? $"{rule}, but request is {request}" : null;
    }

    private static string? ClaimAbove(string resource, Quantity maximum, Dictionary<string, Quantity> requests) =>
        requests.TryGetValue(resource, out var request) && request > maximum
            ? $"maximum {resource} usage per PersistentVolumeClaim is {maximum}, but request is {request}"
            : null;

    private static string? AboveRatio(
        string type, string resource, Quantity maximum, Dictionary<string, Quantity> requests, Dictionary<string, Quantity> limits)
    {
        var rule = $"{resource} max limit to request ratio per {type} is {maximum}";
        if (!requests.TryGetValue(resource, out var request) || request.Value == 0)
            return $"{rule}, but no request is specified or request is 0";
        if (!limits.TryGetValue(resource, out var limit) || limit.Value == 0)
            return $"{rule}, but no limit is specified or limit is 0";
        var ratio = limit.Value / request.Value;
        return ratio > maximum.Value
            ? $"{rule}, but provided ratio is {ratio.ToString("F6", System.Globalization.CultureInfo.InvariantCulture)}"
            : null;
    }
}
