using Xebec.Api.Apps.V1;
using Xebec.Api.Core.V1;
using static Xebec.ControllerManager.Controllers.Deployments.DeploymentConditions;

namespace Xebec.ControllerManager.Controllers.Deployments;

/// <summary>Counts a Deployment's ReplicaSets into its status and judges its progress.</summary>
internal static class DeploymentStatusPlan
{
    /// <summary>The counts and the Available condition.</summary>
    public static DeploymentStatus Count(
        Deployment deployment, ReplicaSet? newReplicaSet, IReadOnlyList<ReplicaSet> all, DateTimeOffset now)
    {
        var status = deployment.Status.DeepClone();
        var available = all.Sum(r => r.Status.AvailableReplicas);
        status.ObservedGeneration = deployment.Metadata.Generation;
        status.Replicas = all.Sum(r => r.Status.Replicas);
        status.UpdatedReplicas = newReplicaSet?.Status.Replicas ?? 0;
        status.ReadyReplicas = all.Sum(r => r.Status.ReadyReplicas);
        status.AvailableReplicas = available;
        status.UnavailableReplicas = Math.Max(0, ReplicaSetScale.Total(all) - available);
        status.TerminatingReplicas = all.Sum(r => r.Status.TerminatingReplicas ?? 0);
        if (available >= RolloutBounds.Of(deployment).LeastAvailable)
            Set(status, DeploymentConditionType.Available, ConditionStatus.True, "MinimumReplicasAvailable",
                "Deployment has minimum availability.", now);
        else
            Set(status, DeploymentConditionType.Available, ConditionStatus.False, "MinimumReplicasUnavailable",
                "Deployment does not have minimum availability.", now);
        return status;
    }

    /// <summary>The whole status of a rollout, with the Progressing and ReplicaFailure conditions.</summary>
    public static DeploymentStatus Rollout(
        Deployment deployment, ReplicaSet? newReplicaSet, IReadOnlyList<ReplicaSet> all, DateTimeOffset now)
    {
        var status = Count(deployment, newReplicaSet, all, now);
        if (!HasDeadline(deployment))
            Remove(status, DeploymentConditionType.Progressing);
        else if (!WasComplete(deployment, status))
            JudgeProgress(deployment, status, newReplicaSet, now);
        SetFailure(status, newReplicaSet, all, now);
        return status;
    }

    /// <summary>Whether every pod is of the new template and available, and nothing else is left.</summary>
    public static bool IsComplete(Deployment deployment, DeploymentStatus status)
    {
        var desired = deployment.Spec.Replicas ?? 1;
        return status.UpdatedReplicas == desired && status.Replicas == desired && status.AvailableReplicas == desired &&
            status.ObservedGeneration >= deployment.Metadata.Generation;
    }

    public static bool HasDeadline(Deployment deployment) => deployment.Spec.ProgressDeadlineSeconds is not (null or int.MaxValue);

    /// <summary>How long until the rollout would exceed its deadline; null when there is nothing to wait for.</summary>
    public static TimeSpan? UntilDeadline(Deployment deployment, DeploymentStatus status, DateTimeOffset now)
    {
        if (!HasDeadline(deployment) || Get(status, DeploymentConditionType.Progressing) is not { } progressing)
            return null;
        if (IsComplete(deployment, status) || progressing.Reason is TimedOut or NewReplicaSetAvailable)
            return null;
        var deadline = progressing.LastUpdateTime!.Value.AddSeconds(deployment.Spec.ProgressDeadlineSeconds!.Value + 1);
        return deadline > now ? deadline - now : TimeSpan.FromSeconds(1);
    }

    private static bool WasComplete(Deployment deployment, DeploymentStatus status) =>
        status.Replicas == status.UpdatedReplicas &&
            Get(deployment.Status, DeploymentConditionType.Progressing) is { Reason: NewReplicaSetAvailable };

    private static void JudgeProgress(Deployment deployment, DeploymentStatus status, ReplicaSet? newReplicaSet, DateTimeOffset now)
    {
        var what = newReplicaSet is null ? $"Deployment \"{deployment.Metadata.Name}\"" : $"ReplicaSet \"{newReplicaSet.Metadata.Name}\"";
        if (IsComplete(deployment, status))
            Set(status, DeploymentConditionType.Progressing, ConditionStatus.True, NewReplicaSetAvailable,
                $"{what} has successfully progressed.", now);
        else if (HasProgressed(deployment.Status, status))
            Renew(status, ReplicaSetUpdated, $"{what} is progressing.", now);
        else if (HasTimedOut(deployment, status, now))
            Set(status, DeploymentConditionType.Progressing, ConditionStatus.False, TimedOut, $"{what} has timed out progressing.", now);
    }

    private static bool HasProgressed(DeploymentStatus old, DeploymentStatus status) =>
        status.UpdatedReplicas > old.UpdatedReplicas ||
        status.Replicas - status.UpdatedReplicas < old.Replicas - old.UpdatedReplicas ||
        status.ReadyReplicas > old.ReadyReplicas ||
        status.AvailableReplicas > old.AvailableReplicas;

    private static bool HasTimedOut(Deployment deployment, DeploymentStatus status, DateTimeOffset now)
    {
        if (Get(status, DeploymentConditionType.Progressing) is not { } progressing || progressing.Reason == NewReplicaSetAvailable)
            return false;
        return progressing.Reason == TimedOut ||
            progressing.LastUpdateTime?.AddSeconds(deployment.Spec.ProgressDeadlineSeconds!.Value) < now;
    }

    private static void SetFailure(DeploymentStatus status, ReplicaSet? newReplicaSet, IReadOnlyList<ReplicaSet> all, DateTimeOffset now)
    {
        var failure = all.Prepend(newReplicaSet).OfType<ReplicaSet>().SelectMany(r => r.Status.Conditions)
            .FirstOrDefault(c => c.Type == ReplicaSetConditionType.ReplicaFailure && c.Status == ConditionStatus.True);
        if (failure is null)
            Remove(status, DeploymentConditionType.ReplicaFailure);
        else
            Set(status, DeploymentConditionType.ReplicaFailure, ConditionStatus.True, failure.Reason, failure.Message, now);
    }
}
