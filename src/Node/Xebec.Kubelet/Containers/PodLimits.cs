namespace Xebec.Kubelet.Containers;

/// <summary>The limits of a whole pod: its own, or the sum of its containers' where each has one. Pure.</summary>
internal sealed record PodLimits(long CpuShares, long CpuQuotaMicroseconds, long MemoryLimitBytes)
{
    public static PodLimits Of(Pod pod)
    {
        var all = pod.Spec.Containers;
        var sidecars = pod.Spec.InitContainers.Where(PodWorkers.PodContainers.IsSidecar).ToList();
        var ordinaryInit = pod.Spec.InitContainers.Where(c => !PodWorkers.PodContainers.IsSidecar(c)).ToList();
        List<Container> running = [.. all, .. sidecars];
        var request = Math.Max(
            running.Sum(c => Request(c.Resources)), ordinaryInit.Select(c => Request(c.Resources)).DefaultIfEmpty().Max());
        var own = pod.Spec.Resources;
        if (own?.Requests.ContainsKey("cpu") == true)
            request = CgroupAmounts.Milli(own.Requests, "cpu");
        return new PodLimits(
            CgroupAmounts.Shares(request),
            CgroupAmounts.QuotaMicroseconds(Limit(own, running, ordinaryInit, r => CgroupAmounts.Milli(r.Limits, "cpu"))),
            Limit(own, running, ordinaryInit, r => CgroupAmounts.Whole(r.Limits, "memory")));
    }

    private static long Request(ResourceRequirements resources) =>
        resources.Requests.ContainsKey("cpu") ? CgroupAmounts.Milli(resources.Requests, "cpu")
            : CgroupAmounts.Milli(resources.Limits, "cpu");

    /// <summary>0, no limit, unless every container has one.</summary>
    private static long Limit(
        ResourceRequirements? own, List<Container> running, List<Container> init, Func<ResourceRequirements, long> limitOf)
    {
        if (own is not null && limitOf(own) > 0)
            return limitOf(own);
        if (running.Concat(init).Any(c => limitOf(c.Resources) == 0))
            return 0;
        return Math.Max(running.Sum(c => limitOf(c.Resources)), init.Select(c => limitOf(c.Resources)).DefaultIfEmpty().Max());
    }
}
