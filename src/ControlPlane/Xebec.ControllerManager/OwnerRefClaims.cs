using Xebec.Api;
using Xebec.Api.Meta.V1;
using Xebec.ApiMachinery.Values;
using Xebec.Client;

namespace Xebec.ControllerManager;

/// <summary>Adopts and releases objects by patching their controller reference.</summary>
internal sealed class OwnerRefClaims(ApiClient client)
{
    /// <summary>The objects the owner manages after adopting and releasing; its liveness is checked first when there are orphans.</summary>
    public async Task<List<TOwned>> ClaimAsync<TOwner, TOwned>(
        TOwner owner, LabelSelector? selector, IEnumerable<TOwned> candidates, CancellationToken cancellation)
        where TOwner : class, IKubernetesObject<TOwner>
        where TOwned : class, IKubernetesObject<TOwned>
    {
        var sorted = OwnedObjects.Sort(owner, selector, candidates);
        foreach (var released in sorted.ToRelease)
            await PatchAsync<TOwned>(released, Release(released, owner), cancellation);
        if (sorted.ToAdopt.Count == 0 || !await LivesAsync(owner, cancellation))
            return sorted.Owned;
        foreach (var orphan in sorted.ToAdopt)
        {
            if (await PatchAsync<TOwned>(orphan, Adopt(orphan, owner), cancellation) is { } adopted)
                sorted.Owned.Add(adopted);
        }

        return sorted.Owned;
    }

    private async Task<bool> LivesAsync<TOwner>(TOwner owner, CancellationToken cancellation)
        where TOwner : class, IKubernetesObject<TOwner>
    {
        var fresh = await client.GetAsync<TOwner>(owner.Metadata.Namespace, owner.Metadata.Name, cancellation);
        return fresh.Metadata.Uid == owner.Metadata.Uid && fresh.Metadata.DeletionTimestamp is null;
    }

    private static Patch Adopt<TOwner>(IKubernetesObject orphan, TOwner owner)
        where TOwner : IKubernetesObject<TOwner>
    {
        var reference = Value.Parse(ApiJson.Serialize(OwnerReferences.NewControllerRef(owner)));
        return Metadata(orphan, new ListValue([reference]));
    }

    private static Patch Release(IKubernetesObject released, IKubernetesObject owner) =>
        Metadata(released, new ListValue([new ObjectValue { { "$patch", "delete" }, { "uid", owner.Metadata.Uid } }]));

    private static Patch Metadata(IKubernetesObject obj, ListValue ownerReferences) => Patch.Strategic(new ObjectValue
    {
        { "metadata", new ObjectValue { { "uid", obj.Metadata.Uid }, { "ownerReferences", ownerReferences } } },
    });

    private async Task<T?> PatchAsync<T>(T obj, Patch patch, CancellationToken cancellation)
        where T : class, IKubernetesObject<T>
    {
        try
        {
            return await client.PatchAsync<T>(obj.Metadata.Namespace, obj.Metadata.Name, patch, "", null, cancellation);
        }
        catch (ApiErrorException e) when (e.IsNotFound || e.IsConflict || e.IsInvalid)
        {
            return null;
        }
    }
}
