using System.Globalization;
using Xebec.ApiMachinery.Quantities;
using Xebec.Kubelet.PodWorkers;

namespace Xebec.Kubelet.Containers;

/// <summary>
/// Requests and limits as the downward API gives them: divided and rounded up, the node's allocatable where there is no limit. Pure.
/// </summary>
internal static class ResourceFields
{
    public static string Value(
        Pod pod, Container container, ResourceFieldSelector selector, IReadOnlyDictionary<string, Quantity> allocatable)
    {
        var source = selector.ContainerName.Length == 0
            ? container
            : PodContainers.Find(pod, selector.ContainerName)?.Container
                ?? throw new ContainerConfigException($"container {selector.ContainerName} not found");
        var dot = selector.Resource.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
            throw new ContainerConfigException($"unsupported container resource : {selector.Resource}");
        var name = selector.Resource[(dot + 1)..];
        var amount = selector.Resource[..dot] == "limits"
            ? Limit(source, name, allocatable)
            : source.Resources.Requests.GetValueOrDefault(name);
        var divisor = selector.Divisor.Value == 0 ? 1m : selector.Divisor.Value;
        return decimal.Ceiling(amount.Value / divisor).ToString("F0", CultureInfo.InvariantCulture);
    }

    private static Quantity Limit(Container container, string name, IReadOnlyDictionary<string, Quantity> allocatable) =>
        container.Resources.Limits.TryGetValue(name, out var limit) && limit.Value > 0
            ? limit
            : allocatable.TryGetValue(name, out var all) ? all : default;
}
