using Xebec.Api.Meta.V1;

namespace Xebec.ControllerManager.Controllers.GarbageCollection;

/// <summary>An object with its owners and dependents. Only the graph changes it, under its lock.</summary>
internal sealed class GraphNode(ObjectIdentity identity)
{
    public ObjectIdentity Identity { get; set; } = identity;

    public IReadOnlyList<OwnerReference> Owners { get; set; } = [];

    public HashSet<GraphNode> Dependents { get; } = [];

    /// <summary>It has a deletion timestamp.</summary>
    public bool IsBeingDeleted { get; set; }

    /// <summary>It waits for its dependents (finalizer foregroundDeletion).</summary>
    public bool IsDeletingDependents { get; set; }

    /// <summary>It waits for its dependents to be orphaned (finalizer orphan).</summary>
    public bool IsOrphaningDependents { get; set; }

    /// <summary>Known only from a reference: nobody has seen it yet.</summary>
    public bool IsVirtual { get; set; }
}
