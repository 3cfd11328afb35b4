using Xebec.Api.Core.V1;

namespace Xebec.ControllerManager.Pods;

/// <summary>What a pod's status means to those who manage it.</summary>
internal static class PodState
{
    /// <summary>Neither ended nor on its way out.</summary>
    public static bool IsActive(Pod pod) => !IsTerminal(pod) && pod.Metadata.DeletionTimestamp is null;

    public static bool IsTerminal(Pod pod) => pod.Status.Phase is PodPhase.Succeeded or PodPhase.Failed;

    /// <summary>Being deleted, but not ended yet.</summary>
    public static bool IsTerminating(Pod pod) => !IsTerminal(pod) && pod.Metadata.DeletionTimestamp is not null;

    public static bool IsReady(Pod pod) => Condition(pod, PodConditionType.Ready) is { Status: ConditionStatus.True };

    public static PodCondition? Condition(Pod pod, string type)
    {
        foreach (var condition in pod.Status.Conditions)
        {
            if (condition.Type == type)
                return condition;
        }

        return null;
    }

    /// <summary>When a ready pod counts as available: ready for minReadySeconds; null when it is not ready.</summary>
    public static DateTimeOffset? AvailableAt(Pod pod, int minReadySeconds)
    {
        if (Condition(pod, PodConditionType.Ready) is not { Status: ConditionStatus.True } ready)
            return null;
        return minReadySeconds == 0 ? DateTimeOffset.MinValue : ready.LastTransitionTime?.AddSeconds(minReadySeconds);
    }

    public static bool IsAvailable(Pod pod, int minReadySeconds, DateTimeOffset now) =>
        AvailableAt(pod, minReadySeconds) is { } at && at <= now;

    public static int MostRestarts(Pod pod)
    {
        var most = 0;
        foreach (var container in pod.Status.ContainerStatuses)
            most = Math.Max(most, container.RestartCount);
        return most;
    }
}
