using Xebec.Api.Apps.V1;

namespace Xebec.ControllerManager.Controllers.Deployments;

/// <summary>Which old ReplicaSets go, so that no more than revisionHistoryLimit stay.</summary>
internal static class ReplicaSetHistory
{
    public static IEnumerable<ReplicaSet> Surplus(Deployment deployment, IEnumerable<ReplicaSet> oldReplicaSets)
    {
        if (deployment.Spec.RevisionHistoryLimit is null or int.MaxValue)
            return [];
        var living = oldReplicaSets.Where(r => r.Metadata.DeletionTimestamp is null).ToList();
        var surplus = living.Count - deployment.Spec.RevisionHistoryLimit.Value;
        return surplus <= 0 ? [] : living.OrderBy(DeploymentAnnotations.RevisionOf).Take(surplus).Where(IsIdle);
    }

    private static bool IsIdle(ReplicaSet replicaSet) =>
        replicaSet.Status.Replicas == 0 && replicaSet.Spec.Replicas == 0 &&
            replicaSet.Metadata.Generation <= replicaSet.Status.ObservedGeneration;
}
