using Xebec.Api.Core.V1;
using Xebec.ApiMachinery.Quantities;

namespace Xebec.Scheduler.Framework;

/// <summary>What a pod asks of a node (KEP-753 sidecars, KEP-688 overhead, KEP-2837 pod-level resources, KEP-1287 resize).</summary>
internal static class PodRequests
{
    /// <summary>What scoring assumes of a container that does not ask for any CPU.</summary>
    public const long DefaultMilliCpu = 100;

    /// <summary>What scoring assumes of a container that does not ask for any memory.</summary>
    public const long DefaultMemoryBytes = 200 * 1024 * 1024;

    /// <summary>What filters count.</summary>
    public static Resource Of(Pod pod) => Total(pod, static (container, pod) => OfContainer(container, pod));

    /// <summary>What scores count: containers without requests are taken to use a little.</summary>
    public static Resource NonZero(Pod pod) => Total(pod, static (container, pod) => Assumed(container.Resources.Requests, OfContainer(container, pod)));

    private static Resource Total(Pod pod, Func<Container, Pod, Resource> requestsOf)
    {
        var running = default(Resource);
        foreach (var container in pod.Spec.Containers)
            running += requestsOf(container, pod);
        var (sidecars, starting) = (default(Resource), default(Resource));
        foreach (var container in pod.Spec.InitContainers)
        {
            var own = requestsOf(container, pod);
            if (container.RestartPolicy == "Always")
                sidecars += own;
            starting = Resource.Max(starting, container.RestartPolicy == "Always" ? sidecars : sidecars + own);
        }

        var total = WithPodLevel(pod, Resource.Max(running + sidecars, starting));
        return pod.Spec.Overhead.Count == 0 ? total : total + Resource.Of(pod.Spec.Overhead);
    }

    private static Resource OfContainer(Container container, Pod pod)
    {
        var asked = container.Resources.Requests.Count == 0 ? default : Resource.Of(container.Resources.Requests);
        foreach (var status in pod.Status.ContainerStatuses)
        {
            // While a resize is under way the node still holds what it gave before.
            if (status.Name == container.Name && status.Resources is { Requests.Count: > 0 } given)
                return Resource.Max(asked, Resource.Of(given.Requests));
        }

        return asked;
    }

    private static Resource Assumed(Dictionary<string, Quantity> asked, Resource requests) => new(
        asked.ContainsKey("cpu") ? requests.MilliCpu : DefaultMilliCpu,
        asked.ContainsKey("memory") ? requests.MemoryBytes : DefaultMemoryBytes,
        requests.EphemeralStorageBytes);

    private static Resource WithPodLevel(Pod pod, Resource total)
    {
        if (pod.Spec.Resources is not { Requests.Count: > 0 } podLevel)
            return total;
        var asked = Resource.Of(podLevel.Requests);
        return new Resource(
            podLevel.Requests.ContainsKey("cpu") ? asked.MilliCpu : total.MilliCpu,
            podLevel.Requests.ContainsKey("memory") ? asked.MemoryBytes : total.MemoryBytes,
            total.EphemeralStorageBytes,
            Resource.Max(asked, total).Scalars.ToArray());
    }
}
