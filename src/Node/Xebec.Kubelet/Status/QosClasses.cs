namespace Xebec.Kubelet.Status;

/// <summary>The quality-of-service class of a pod, from its requests and limits.</summary>
internal static class QosClasses
{
    private static readonly string[] Compute = ["cpu", "memory"];

    public static string Of(Pod pod)
    {
        if (pod.Spec.Resources is { } podLevel && (podLevel.Requests.Count > 0 || podLevel.Limits.Count > 0))
            return Classify([podLevel]);
        return Classify([.. pod.Spec.Containers.Concat(pod.Spec.InitContainers).Select(container => container.Resources)]);
    }

    private static string Classify(IReadOnlyList<ResourceRequirements> all)
    {
        var any = all.Any(r => Compute.Any(name => IsSet(r.Requests, name) || IsSet(r.Limits, name)));
        if (!any)
            return PodQOSClass.BestEffort;
        return all.All(IsGuaranteed) ? PodQOSClass.Guaranteed : PodQOSClass.Burstable;
    }

    private static bool IsGuaranteed(ResourceRequirements resources) => Compute.All(name =>
        IsSet(resources.Limits, name) &&
        (!resources.Requests.TryGetValue(name, out var request) || request == resources.Limits[name]));

    private static bool IsSet(Dictionary<string, ApiMachinery.Quantities.Quantity> amounts, string name) =>
        amounts.TryGetValue(name, out var amount) && amount.Value > 0;
}
