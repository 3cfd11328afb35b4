using Xebec.Api.Apps.V1;
using Xebec.Api.Core.V1;

namespace Xebec.ControllerManager.Controllers.Deployments;

/// <summary>Sets and reads a Deployment's conditions; a condition that stays keeps its times.</summary>
internal static class DeploymentConditions
{
    public const string NewReplicaSetAvailable = "NewReplicaSetAvailable";
    public const string ReplicaSetUpdated = "ReplicaSetUpdated";
    public const string TimedOut = "ProgressDeadlineExceeded";

    public static DeploymentCondition? Get(DeploymentStatus status, string type) => status.Conditions.Find(c => c.Type == type);

    public static void Set(DeploymentStatus status, string type, string value, string reason, string message, DateTimeOffset now)
    {
        var present = Get(status, type);
        if (present is not null && present.Status == value && present.Reason == reason)
            return;
        Remove(status, type);
        status.Conditions.Add(new DeploymentCondition
        {
            Type = type, Status = value, Reason = reason, Message = message, LastUpdateTime = now,
            LastTransitionTime = present?.Status == value ? present.LastTransitionTime : now,
        });
    }

    /// <summary>Sets the Progressing condition even when nothing but its update time changes.</summary>
    public static void Renew(DeploymentStatus status, string reason, string message, DateTimeOffset now)
    {
        var since = Get(status, DeploymentConditionType.Progressing) is { Status: ConditionStatus.True } present
            ? present.LastTransitionTime : now;
        Remove(status, DeploymentConditionType.Progressing);
        status.Conditions.Add(new DeploymentCondition
        {
            Type = DeploymentConditionType.Progressing, Status = ConditionStatus.True, Reason = reason, Message = message,
                LastUpdateTime = now,
            LastTransitionTime = since,
        });
    }

    public static void Remove(DeploymentStatus status, string type) => status.Conditions.RemoveAll(c => c.Type == type);
}
