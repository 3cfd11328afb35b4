using Xebec.Api.Meta.V1;
using Xebec.ApiMachinery.Resources;

namespace Xebec.ControllerManager.Controllers.GarbageCollection;

/// <summary>
/// Who owns whom, by uid. Each change says which objects are to be looked at: those whose owners went, and those that wait for
/// their dependents.
/// </summary>
internal sealed class OwnershipGraph(Func<OwnerReference, ResourceInfo?> resourceOf)
{
    public const string ForegroundDeletion = "foregroundDeletion";
    public const string Orphan = "orphan";
    private readonly Lock _sync = new();
    private readonly Dictionary<string, GraphNode> _nodes = new(StringComparer.Ordinal);

    // Most objects have neither owners nor dependents: of those it is enough to know that they exist.
    private readonly Dictionary<Guid, ResourceInfo> _unlinked = [];

    public GraphNode? Find(string uid)
    {
        lock (_sync)
            return _nodes.GetValueOrDefault(uid);
    }

    public List<GraphNode> DependentsOf(GraphNode node)
    {
        lock (_sync)
            return [.. node.Dependents];
    }

    /// <summary>An object was added or changed; returns the uids to look at.</summary>
    public List<string> Set(ResourceInfo resource, ObjectMeta metadata)
    {
        var toLookAt = new List<string>();
        lock (_sync)
        {
            if (IsUnlinked(metadata) && Guid.TryParse(metadata.Uid, out var unlinked))
            {
                _unlinked[unlinked] = resource;
                return toLookAt;
            }

            TakeUnlinked(metadata.Uid);
            var identity = new ObjectIdentity(resource, metadata.Namespace, metadata.Name, metadata.Uid);
            if (!_nodes.TryGetValue(metadata.Uid, out var node))
                _nodes.Add(metadata.Uid, node = new GraphNode(identity));
            node.Identity = identity;
            node.IsVirtual = false;
            SetOwners(node, metadata.OwnerReferences, toLookAt);
            SetDeletion(node, metadata, toLookAt);
        }

        return toLookAt;
    }

    /// <summary>An object is gone; returns its dependents, and its owners that wait for it.</summary>
    public List<string> Remove(string uid)
    {
        var toLookAt = new List<string>();
        lock (_sync)
        {
            TakeUnlinked(uid);
            if (!_nodes.Remove(uid, out var node))
                return toLookAt;
            foreach (var owner in node.Owners)
                Unlink(owner.Uid, node, toLookAt);
            toLookAt.AddRange(node.Dependents.Select(d => d.Identity.Uid));
        }

        return toLookAt;
    }

    private void SetOwners(GraphNode node, List<OwnerReference> owners, List<string> toLookAt)
    {
        var before = node.Owners;
        node.Owners = owners;
        foreach (var owner in before)
        {
            var now = owners.Find(o => o.Uid == owner.Uid);
            if (now is null)
                Unlink(owner.Uid, node, toLookAt);
            else if (owner.BlockOwnerDeletion == true && now.BlockOwnerDeletion != true)
                LookAtIfWaiting(owner.Uid, toLookAt);
        }

        foreach (var owner in owners)
        {
            if (!_nodes.TryGetValue(owner.Uid, out var ownerNode))
                ownerNode = AddOwner(node, owner, toLookAt);
            ownerNode?.Dependents.Add(node);
        }
    }

    /// <summary>An owner nobody has seen yet is looked up; when it does not exist, its dependents go.</summary>
    private GraphNode? AddOwner(GraphNode dependent, OwnerReference owner, List<string> toLookAt)
    {
        var seen = TakeUnlinked(owner.Uid);
        if ((seen ?? resourceOf(owner)) is not { } resource)
            return null;
        var ns = resource.Namespaced ? dependent.Identity.Namespace : "";
        var node = new GraphNode(new ObjectIdentity(resource, ns, owner.Name, owner.Uid)) { IsVirtual = seen is null };
        _nodes.Add(owner.Uid, node);
        if (node.IsVirtual)
            toLookAt.Add(owner.Uid);
        return node;
    }

    private bool IsUnlinked(ObjectMeta metadata) =>
        metadata is { OwnerReferences.Count: 0, DeletionTimestamp: null } && !_nodes.ContainsKey(metadata.Uid);

    private ResourceInfo? TakeUnlinked(string uid) =>
        Guid.TryParse(uid, out var unlinked) && _unlinked.Remove(unlinked, out var resource) ? resource : null;

    private static void SetDeletion(GraphNode node, ObjectMeta metadata, List<string> toLookAt)
    {
        node.IsBeingDeleted = metadata.DeletionTimestamp is not null;
        node.IsOrphaningDependents = node.IsBeingDeleted && metadata.Finalizers.Contains(Orphan);
        var waits = node.IsBeingDeleted && metadata.Finalizers.Contains(ForegroundDeletion);
        if (waits && !node.IsDeletingDependents)
            toLookAt.AddRange(node.Dependents.Select(d => d.Identity.Uid));
        node.IsDeletingDependents = waits;
        if (waits || node.IsOrphaningDependents)
            toLookAt.Add(node.Identity.Uid);
    }

    private void Unlink(string ownerUid, GraphNode dependent, List<string> toLookAt)
    {
        if (!_nodes.TryGetValue(ownerUid, out var owner))
            return;
        owner.Dependents.Remove(dependent);
        LookAtIfWaiting(ownerUid, toLookAt);
        if (owner is { IsVirtual: true, Dependents.Count: 0 })
            _nodes.Remove(ownerUid);
    }

    private void LookAtIfWaiting(string ownerUid, List<string> toLookAt)
    {
        if (_nodes.TryGetValue(ownerUid, out var owner) && owner.IsDeletingDependents)
            toLookAt.Add(ownerUid);
    }
}
