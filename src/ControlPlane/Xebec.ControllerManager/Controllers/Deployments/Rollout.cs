using Xebec.Api.Apps.V1;

namespace Xebec.ControllerManager.Controllers.Deployments;

/// <summary>A Deployment and its ReplicaSets as one reconcile sees them.</summary>
/// <param name="Deployment">A copy that may be changed.</param>
/// <param name="StoredStatus">The status as the server has it.</param>
/// <param name="New">The ReplicaSet of the present template; null before it exists.</param>
/// <param name="Old">All others.</param>
internal sealed record Rollout(Deployment Deployment, DeploymentStatus StoredStatus, ReplicaSet? New, IReadOnlyList<ReplicaSet> Old)
{
    public IReadOnlyList<ReplicaSet> All => New is null ? Old : [.. Old, New];

    /// <summary>The revision that the present template has or gets.</summary>
    public long Revision => Old.Select(DeploymentAnnotations.RevisionOf).DefaultIfEmpty(0).Max() + 1;

    public static Rollout Of(Deployment deployment, IReadOnlyList<ReplicaSet> replicaSets)
    {
        var found = NewReplicaSet.Find(deployment, replicaSets);
        return new Rollout(
            deployment.DeepClone(), deployment.Status, found, [.. replicaSets.Where(r => r.Metadata.Uid != found?.Metadata.Uid)]);
    }

    /// <summary>The same with a ReplicaSet as it was stored, so that counting need not wait for the cache.</summary>
    public Rollout With(ReplicaSet changed) => this with
    {
        New = New?.Metadata.Uid == changed.Metadata.Uid ? changed : New,
        Old = [.. Old.Select(o => o.Metadata.Uid == changed.Metadata.Uid ? changed : o)],
    };
}
