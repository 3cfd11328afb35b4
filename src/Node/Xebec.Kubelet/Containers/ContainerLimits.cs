using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Containers;

/// <summary>The cgroup limits of a container from its requests and limits. Pure.</summary>
internal static class ContainerLimits
{
    public static LinuxContainerResources Of(Pod pod, Container container, string qosClass, long nodeMemoryBytes)
    {
        var limitMilli = CgroupAmounts.Milli(container.Resources.Limits, "cpu");
        var hasRequest = container.Resources.Requests.ContainsKey("cpu");
        var requestMilli = hasRequest ? CgroupAmounts.Milli(container.Resources.Requests, "cpu") : limitMilli;
        var quota = CgroupAmounts.QuotaMicroseconds(limitMilli);
        return new LinuxContainerResources
        {
            CpuShares = CgroupAmounts.Shares(requestMilli),
            CpuPeriodMicroseconds = quota > 0 ? CgroupAmounts.PeriodMicroseconds : 0,
            CpuQuotaMicroseconds = quota,
            MemoryLimitBytes = CgroupAmounts.Whole(container.Resources.Limits, "memory"),
            OomScoreAdj = OomScore(pod, container, qosClass, nodeMemoryBytes),
        };
    }

    /// <summary>
    /// The less a container asked for, the sooner the kernel kills it. Upstream gives guaranteed pods -997; without
    /// CAP_SYS_RESOURCE a negative score makes the container fail to start, so 0 is the least here.
    /// </summary>
    private static long OomScore(Pod pod, Container container, string qosClass, long nodeMemoryBytes)
    {
        if (qosClass == PodQOSClass.Guaranteed || pod.Spec.PriorityClassName is "system-node-critical")
            return 0;
        if (qosClass == PodQOSClass.BestEffort || nodeMemoryBytes <= 0)
            return 1000;
        var request = CgroupAmounts.Whole(container.Resources.Requests, "memory");
        return Math.Clamp(1000 - (1000 * request / nodeMemoryBytes), 2, 999);
    }
}
