using Xebec.Api.Apps.V1;
using Xebec.Api.Core.V1;
using Xebec.ControllerManager.Pods;

namespace Xebec.ControllerManager.Controllers.ReplicaSets;

/// <summary>What a ReplicaSet needs: how many pods to create, or which to delete.</summary>
internal sealed record ReplicaSetPlan(int PodsToCreate, IReadOnlyList<Pod> PodsToDelete)
{
    /// <summary>Most pods created or deleted in one go.</summary>
    public const int Burst = 500;

    /// <summary>Decides from the pods it owns; related are the pods of all ReplicaSets of the same Deployment.</summary>
    public static ReplicaSetPlan Make(ReplicaSet replicaSet, IReadOnlyList<Pod> owned, IEnumerable<Pod> related, DateTimeOffset now)
    {
        var active = owned.Where(PodState.IsActive).ToList();
        var surplus = active.Count - (replicaSet.Spec.Replicas ?? 1);
        if (surplus <= 0)
            return new ReplicaSetPlan(Math.Min(-surplus, Burst), []);
        return new ReplicaSetPlan(0, Choose(active, Math.Min(surplus, Burst), related, now));
    }

    private static List<Pod> Choose(List<Pod> active, int count, IEnumerable<Pod> related, DateTimeOffset now)
    {
        if (count == active.Count)
            return active;
        var onNode = related.Where(PodState.IsActive).GroupBy(p => p.Spec.NodeName)
            .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        active.Sort(new PodDeletionRank(now, pod => onNode.GetValueOrDefault(pod.Spec.NodeName)));
        return active[..count];
    }
}
