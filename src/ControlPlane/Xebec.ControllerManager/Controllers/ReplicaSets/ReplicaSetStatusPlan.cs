using Xebec.Api.Apps.V1;
using Xebec.Api.Core.V1;
using Xebec.Client.Selectors;
using Xebec.ControllerManager.Pods;

namespace Xebec.ControllerManager.Controllers.ReplicaSets;

/// <summary>Counts a ReplicaSet's pods into its status.</summary>
internal static class ReplicaSetStatusPlan
{
    private const string ReplicaFailure = "ReplicaFailure";

    public static ReplicaSetStatus Make(
        ReplicaSet replicaSet, IReadOnlyList<Pod> owned, string? failure, string failureReason, DateTimeOffset now)
    {
        var status = replicaSet.Status.DeepClone();
        var active = owned.Where(PodState.IsActive).ToList();
        status.Replicas = active.Count;
        status.FullyLabeledReplicas = active.Count(
            p => LabelSelectors.Matches(replicaSet.Spec.Template.Metadata.Labels, p.Metadata.Labels));
        status.ReadyReplicas = active.Count(PodState.IsReady);
        status.AvailableReplicas = active.Count(p => PodState.IsAvailable(p, replicaSet.Spec.MinReadySeconds, now));
        status.TerminatingReplicas = owned.Count(PodState.IsTerminating);
        status.ObservedGeneration = replicaSet.Metadata.Generation;
        SetFailure(status, failure, failureReason, now);
        return status;
    }

    /// <summary>How long until the next ready pod becomes available; null when none is waiting.</summary>
    public static TimeSpan? NextAvailable(ReplicaSet replicaSet, IReadOnlyList<Pod> owned, DateTimeOffset now)
    {
        DateTimeOffset? next = null;
        foreach (var pod in owned)
        {
            if (PodState.IsActive(pod) && PodState.AvailableAt(pod, replicaSet.Spec.MinReadySeconds) is { } at && at > now &&
                (next is null || at < next))
                next = at;
        }

        return next - now;
    }

    private static void SetFailure(ReplicaSetStatus status, string? failure, string reason, DateTimeOffset now)
    {
        var present = status.Conditions.Find(c => c.Type == ReplicaFailure);
        if (failure is null && present is not null)
            status.Conditions.Remove(present);
        if (failure is null || (present is not null && present.Reason == reason))
            return;
        status.Conditions.RemoveAll(c => c.Type == ReplicaFailure);
        status.Conditions.Add(new ReplicaSetCondition
        {
            Type = ReplicaFailure, Status = ConditionStatus.True, Reason = reason, Message = failure, LastTransitionTime = now,
        });
    }
}
