using Xebec.Api.Apps.V1;
using static Xebec.ControllerManager.Controllers.Deployments.ReplicaSetScale;

namespace Xebec.ControllerManager.Controllers.Deployments;

/// <summary>
/// Follows a change of the Deployment's replicas: the only live ReplicaSet takes it, and in the middle of a rolling update all
/// live ones share it in proportion to their sizes.
/// </summary>
internal static class ScalingPlan
{
    public static List<ReplicaSetScale> Make(Deployment deployment, ReplicaSet? newReplicaSet, IReadOnlyList<ReplicaSet> oldReplicaSets)
    {
        var bounds = RolloutBounds.Of(deployment);
        if (ActiveOrLatest(newReplicaSet, oldReplicaSets) is { } only)
            return Size(only) == bounds.Desired ? [] : [new ReplicaSetScale(only, bounds.Desired)];
        if (newReplicaSet is not null && IsSaturated(newReplicaSet, bounds.Desired))
            return [.. oldReplicaSets.Where(r => Size(r) > 0).Select(r => new ReplicaSetScale(r, 0))];
        var active = Active(newReplicaSet, oldReplicaSets);
        return active.Count == 0 || deployment.Spec.Strategy.Type == DeploymentStrategyType.Recreate ? []
            : Share(deployment, bounds, active);
    }

    /// <summary>Whether the replicas changed since a live ReplicaSet was last sized.</summary>
    public static bool IsNeeded(Deployment deployment, IEnumerable<ReplicaSet> replicaSets) => replicaSets.Any(r =>
        Size(r) > 0 && DeploymentAnnotations.NumberOf(r, DeploymentAnnotations.DesiredReplicas) is { } desired &&
            desired != (deployment.Spec.Replicas ?? 1));

    private static List<ReplicaSet> Active(ReplicaSet? newReplicaSet, IReadOnlyList<ReplicaSet> old) =>
        [.. old.Append(newReplicaSet).OfType<ReplicaSet>().Where(r => Size(r) > 0)];

    private static ReplicaSet? ActiveOrLatest(ReplicaSet? newReplicaSet, IReadOnlyList<ReplicaSet> old) => Active(newReplicaSet, old) switch
    {
        [] => newReplicaSet ?? old.MaxBy(r => r.Metadata.CreationTimestamp),
        [var only] => only,
        _ => null,
    };

    private static bool IsSaturated(ReplicaSet newReplicaSet, int desired) =>
        Size(newReplicaSet) == desired && newReplicaSet.Status.AvailableReplicas == desired &&
        DeploymentAnnotations.NumberOf(newReplicaSet, DeploymentAnnotations.DesiredReplicas) == desired;

    private static List<ReplicaSetScale> Share(Deployment deployment, RolloutBounds bounds, List<ReplicaSet> active)
    {
        var toAdd = (bounds.Desired > 0 ? bounds.MostPods : 0) - Total(active);
        var bySize = active.OrderByDescending(Size);
        var ordered = toAdd > 0
            ? bySize.ThenByDescending(r => r.Metadata.CreationTimestamp)
            : bySize.ThenBy(r => r.Metadata.CreationTimestamp);
        var scales = new List<ReplicaSetScale>();
        var added = 0;
        foreach (var replicaSet in ordered)
        {
            var part = Proportion(deployment, bounds, replicaSet, toAdd, added);
            added += part;
            scales.Add(new ReplicaSetScale(replicaSet, Size(replicaSet) + part));
        }

        scales[0] = scales[0] with { Replicas = Math.Max(0, scales[0].Replicas + toAdd - added) };
        return scales;
    }

    private static int Proportion(Deployment deployment, RolloutBounds bounds, ReplicaSet replicaSet, int toAdd, int added)
    {
        if (toAdd == added)
            return 0;
        var share = Share(deployment, bounds, replicaSet);
        return toAdd > 0 ? Math.Min(share, toAdd - added) : Math.Max(share, toAdd - added);
    }

    private static int Share(Deployment deployment, RolloutBounds bounds, ReplicaSet replicaSet)
    {
        if (bounds.Desired == 0)
            return -Size(replicaSet);
        var before = DeploymentAnnotations.NumberOf(replicaSet, DeploymentAnnotations.MaxReplicas) is > 0 and var max ? max
            : deployment.Status.Replicas;
        if (before == 0)
            return 0;
        var size = Math.Round((double)Size(replicaSet) * bounds.MostPods / before, MidpointRounding.AwayFromZero);
        return (int)size - Size(replicaSet);
    }
}
