using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission;

/// <summary>The containers of a pod's tree.</summary>
internal static class PodContainers
{
    /// <summary>Init containers and containers.</summary>
    public static IEnumerable<ObjectValue> Of(ObjectValue pod) => In(pod, "initContainers").Concat(In(pod, "containers"));

    /// <summary>Ephemeral containers too.</summary>
    public static IEnumerable<ObjectValue> AllOf(ObjectValue pod) => Of(pod).Concat(In(pod, "ephemeralContainers"));

    /// <summary>One of the lists.</summary>
    public static IEnumerable<ObjectValue> In(ObjectValue pod, string list) =>
        pod.GetObject("spec")?.GetList(list)?.OfType<ObjectValue>() ?? [];
}
