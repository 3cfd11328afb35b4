using Xebec.Api.Apps.V1;

namespace Xebec.ControllerManager.Controllers.Deployments;

/// <summary>A size that a ReplicaSet shall get.</summary>
internal sealed record ReplicaSetScale(ReplicaSet ReplicaSet, int Replicas)
{
    /// <summary>The size it asks for now.</summary>
    public int From => Size(ReplicaSet);

    public static int Size(ReplicaSet replicaSet) => replicaSet.Spec.Replicas ?? 1;

    public static int Total(IEnumerable<ReplicaSet> replicaSets) => replicaSets.Sum(Size);
}
