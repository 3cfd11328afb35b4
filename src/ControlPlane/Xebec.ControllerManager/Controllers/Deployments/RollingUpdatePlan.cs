using Xebec.Api.Apps.V1;
using static Xebec.ControllerManager.Controllers.Deployments.ReplicaSetScale;

namespace Xebec.ControllerManager.Controllers.Deployments;

/// <summary>
/// The next step of a rolling update: the new ReplicaSet grows as far as maxSurge allows, otherwise the old ones shrink as far as
/// maxUnavailable allows, pods that are not available first.
/// </summary>
internal static class RollingUpdatePlan
{
    public static List<ReplicaSetScale> Next(RolloutBounds bounds, ReplicaSet newReplicaSet, IReadOnlyList<ReplicaSet> oldReplicaSets)
    {
        var size = NewSize(bounds, Size(newReplicaSet), Total(oldReplicaSets) + Size(newReplicaSet));
        return size != Size(newReplicaSet)
            ? [new ReplicaSetScale(newReplicaSet, size)]
            : ShrinkOld(bounds, newReplicaSet, oldReplicaSets);
    }

    /// <summary>The new ReplicaSet's next size, given how many pods all ReplicaSets ask for now.</summary>
    public static int NewSize(RolloutBounds bounds, int size, int totalPods)
    {
        if (size >= bounds.Desired)
            return bounds.Desired;
        return totalPods >= bounds.MostPods ? size : size + Math.Min(bounds.MostPods - totalPods, bounds.Desired - size);
    }

    private static List<ReplicaSetScale> ShrinkOld(RolloutBounds bounds, ReplicaSet newReplicaSet, IReadOnlyList<ReplicaSet> oldReplicaSets)
    {
        var oldPods = Total(oldReplicaSets);
        if (oldPods == 0)
            return [];
        var newUnavailable = Size(newReplicaSet) - newReplicaSet.Status.AvailableReplicas;
        var most = oldPods + Size(newReplicaSet) - bounds.LeastAvailable - newUnavailable;
        if (most <= 0)
            return [];
        var sizes = oldReplicaSets.OrderBy(r => r.Metadata.CreationTimestamp).ThenBy(r => r.Metadata.Name, StringComparer.Ordinal)
            .Select(r => (ReplicaSet: r, Size: Size(r))).ToArray();
        RemoveUnavailable(sizes, most);
        RemoveAvailable(
            sizes, oldReplicaSets.Sum(r => r.Status.AvailableReplicas) + newReplicaSet.Status.AvailableReplicas - bounds.LeastAvailable);
        return [.. sizes.Where(s => s.Size != Size(s.ReplicaSet)).Select(s => new ReplicaSetScale(s.ReplicaSet, s.Size))];
    }

    private static void RemoveUnavailable((ReplicaSet ReplicaSet, int Size)[] sizes, int most)
    {
        foreach (ref var old in sizes.AsSpan())
        {
            var remove = Math.Min(most, old.Size - old.ReplicaSet.Status.AvailableReplicas);
            if (remove <= 0)
                continue;
            old.Size -= remove;
            most -= remove;
        }
    }

    private static void RemoveAvailable((ReplicaSet ReplicaSet, int Size)[] sizes, int most)
    {
        foreach (ref var old in sizes.AsSpan())
        {
            var remove = Math.Min(most, old.Size);
            if (remove <= 0)
                continue;
            old.Size -= remove;
            most -= remove;
        }
    }
}
