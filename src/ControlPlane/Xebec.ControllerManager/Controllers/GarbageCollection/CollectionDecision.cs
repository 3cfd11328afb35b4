using Xebec.Api.Meta.V1;

namespace Xebec.ControllerManager.Controllers.GarbageCollection;

/// <summary>What becomes of an object whose owners were looked up.</summary>
/// <param name="DropOwnerUids">References to remove because their owners are gone while others remain.</param>
/// <param name="Propagation">How to delete the object; null when it stays.</param>
internal sealed record CollectionDecision(IReadOnlyList<string> DropOwnerUids, string? Propagation)
{
    public static CollectionDecision Keep { get; } = new([], null);

    /// <summary>Decides from the object's finalizers, its owners' states and whether it has dependents of its own.</summary>
    public static CollectionDecision Make(ObjectMeta metadata, IReadOnlyList<(string Uid, OwnerState State)> owners, bool hasDependents)
    {
        if (owners.Count == 0)
            return Keep;
        if (owners.Any(o => o.State == OwnerState.Solid))
            return new CollectionDecision([.. owners.Where(o => o.State != OwnerState.Solid).Select(o => o.Uid)], null);
        if (owners.Any(o => o.State == OwnerState.WaitingForDependents) && hasDependents)
            return new CollectionDecision([], "Foreground");
        var propagation = metadata.Finalizers.Contains(OwnershipGraph.Orphan) ? "Orphan"
            : metadata.Finalizers.Contains(OwnershipGraph.ForegroundDeletion) ? "Foreground"
            : "Background";
        return new CollectionDecision([], propagation);
    }
}
