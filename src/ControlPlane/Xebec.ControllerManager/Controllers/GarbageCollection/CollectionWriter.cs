using Xebec.Api;
using Xebec.Api.Meta.V1;
using Xebec.ApiMachinery.Values;
using Xebec.Client;

namespace Xebec.ControllerManager.Controllers.GarbageCollection;

/// <summary>Reads, patches and deletes objects of any kind by their metadata; what is gone already is fine.</summary>
internal sealed class CollectionWriter(ApiClient client)
{
    /// <summary>The object's metadata now; null when it, with this uid, no longer exists.</summary>
    public async Task<PartialObjectMetadata?> ReadAsync(ObjectIdentity identity, CancellationToken cancellation)
    {
        try
        {
            var live = await client.GetAsync<PartialObjectMetadata>(identity.Resource, identity.Namespace, identity.Name, cancellation);
            return live.Metadata.Uid == identity.Uid ? live : null;
        }
        catch (ApiErrorException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    public Task DeleteAsync(ObjectIdentity identity, string propagation, CancellationToken cancellation)
    {
        var options = new DeleteOptions { PropagationPolicy = propagation, Preconditions = new Preconditions { Uid = identity.Uid } };
        return UnlessGoneAsync(() => client.DeleteAsync(identity.Resource, identity.Namespace, identity.Name, options, cancellation));
    }

    /// <summary>Removes the owner from its dependents, then lets it go.</summary>
    public async Task OrphanAsync(ObjectIdentity owner, ObjectMeta live, List<GraphNode> dependents, CancellationToken cancellation)
    {
        foreach (var dependent in dependents)
        {
            if (await ReadAsync(dependent.Identity, cancellation) is { } present)
                await DropOwnersAsync(dependent.Identity, present.Metadata, [owner.Uid], cancellation);
        }

        await RemoveFinalizerAsync(owner, live, OwnershipGraph.Orphan, cancellation);
    }

    public Task RemoveFinalizerAsync(ObjectIdentity identity, ObjectMeta live, string finalizer, CancellationToken cancellation)
    {
        var kept = new ListValue(live.Finalizers.Where(f => f != finalizer).Select(f => (Value)f));
        return PatchAsync(identity, live, "finalizers", kept, cancellation);
    }

    public Task DropOwnersAsync(
        ObjectIdentity identity, ObjectMeta live, IReadOnlyList<string> ownerUids, CancellationToken cancellation) =>
        PatchAsync(identity, live, "ownerReferences", References(live.OwnerReferences.Where(o => !ownerUids.Contains(o.Uid))),
            cancellation);

    /// <summary>Breaks a circle of objects that each wait for the other.</summary>
    public Task UnblockOwnersAsync(ObjectIdentity identity, ObjectMeta live, CancellationToken cancellation)
    {
        var unblocked = live.OwnerReferences.Select(o =>
        {
            var copy = o.DeepClone();
            copy.BlockOwnerDeletion = false;
            return copy;
        });
        return PatchAsync(identity, live, "ownerReferences", References(unblocked), cancellation);
    }

    private static ListValue References(IEnumerable<OwnerReference> owners) => new(owners.Select(o => Value.Parse(ApiJson.Serialize(o))));

    /// <summary>A JSON merge, which custom resources take too; the version guards the list it was made from.</summary>
    private Task PatchAsync(ObjectIdentity identity, ObjectMeta live, string field, ListValue value, CancellationToken cancellation)
    {
        var metadata = new ObjectValue { { "uid", live.Uid }, { "resourceVersion", live.ResourceVersion }, { field, value } };
        var patch = Patch.Merge(new ObjectValue { { "metadata", metadata } });
        return UnlessGoneAsync(() =>
            client.PatchAsync<PartialObjectMetadata>(identity.Resource, identity.Namespace, identity.Name, patch, "", null, cancellation));
    }

    private static async Task UnlessGoneAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (ApiErrorException e) when (e.IsNotFound)
        {
            return;
        }
    }
}
