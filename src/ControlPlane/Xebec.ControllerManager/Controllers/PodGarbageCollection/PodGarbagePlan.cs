using Xebec.Api.Core.V1;
using Xebec.ControllerManager.Pods;

namespace Xebec.ControllerManager.Controllers.PodGarbageCollection;

/// <summary>Which pods nobody will ever finish.</summary>
internal static class PodGarbagePlan
{
    /// <summary>Bound to a node that does not exist.</summary>
    public static bool IsOrphaned(Pod pod, Func<string, bool> nodeExists) => pod.Spec.NodeName.Length > 0 && !nodeExists(pod.Spec.NodeName);

    /// <summary>Being deleted without ever having had a node.</summary>
    public static bool IsUnscheduledAndTerminating(Pod pod) => pod.Spec.NodeName.Length == 0 && pod.Metadata.DeletionTimestamp is not null;

    /// <summary>The oldest ended pods above the threshold.</summary>
    public static List<Pod> Surplus(IEnumerable<Pod> pods, int threshold)
    {
        var ended = pods.Where(p => PodState.IsTerminal(p) && p.Metadata.DeletionTimestamp is null).ToList();
        return ended.Count <= threshold ? [] : [.. ended.OrderBy(p => p.Metadata.CreationTimestamp).Take(ended.Count - threshold)];
    }
}
