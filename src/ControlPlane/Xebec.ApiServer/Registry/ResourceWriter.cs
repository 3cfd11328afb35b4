using Xebec.Api.Rules;
using Xebec.ApiMachinery.Apply;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Admission;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Encryption;
using Xebec.ApiServer.WatchCache;
using Xebec.Store;

namespace Xebec.ApiServer.Registry;

/// <summary>
/// Every create and update: default, admit, prepare, validate, track ownership, one guarded transaction in the store. What is
/// particular to a kind is in its <see cref="ResourceStrategy"/> and its declared rules.
/// </summary>
internal sealed class ResourceWriter(IStore store, CacheSet caches, AdmissionChain admission, TimeProvider time, EncryptingStore? encryption = null)
{
    // A write without resourceVersion is tried again when another one comes between reading and writing.
    private const int ConflictRetries = 12;

    // How many generated names are tried.
    private const int NameAttempts = 8;

    /// <summary>Creates an object and returns it as stored.</summary>
    public async ValueTask<CachedObject> CreateAsync(WriteRequest request, ObjectValue created, CancellationToken cancellationToken)
    {
        if (!ObjectMetadata.NeedsName(created))
            return await CreateOnceAsync(request, created, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await CreateOnceAsync(request, (ObjectValue)created.DeepClone(), cancellationToken);
            }
            catch (ApiException e) when (e.Reason == StatusReason.AlreadyExists && attempt < NameAttempts)
            {
                // Another name is as good.
            }
        }
    }

    private async ValueTask<CachedObject> CreateOnceAsync(WriteRequest request, ObjectValue created, CancellationToken cancellationToken)
    {
        var resource = request.Resource;
        ObjectMetadata.PrepareForCreate(created, resource.Info.Namespaced ? request.Namespace : "");
        OwnerReferences.Deduplicate(created, request.Warn);
        KindRules.For(resource.Schema).Default(created);
        resource.Strategy.SetRequester(created, request.User);
        await TrackOwnershipAsync(request, created, null);
        var given = created.GetObject("metadata")!.GetString("name") ?? "";
        var attributes = Attributes(request, AdmissionOperation.Create, given, created, null);
        await admission.MutateAsync(attributes, cancellationToken);
        var name = attributes.Name = ObjectMetadata.Identify(created, Guid.NewGuid(), time.GetUtcNow());
        resource.Strategy.PrepareForCreate(created, resource.HasStatus);
        await resource.Strategy.AllocateAsync(created, null, request.DryRun, cancellationToken);
        try
        {
            WriteValidation.Check(request, name, created);
            await admission.ValidateAsync(attributes, cancellationToken);
            var value = await resource.EncodeAsync(created, cancellationToken);
            var key = resource.Key(request.Namespace, name);
            var stored = request.DryRun
                ? await TryNewAsync(resource, created, key, value, cancellationToken)
                : await StoreNewAsync(resource, created, key, value, cancellationToken);
            if (request.DryRun)
                return stored;
            await attributes.SettleAsync(stored.Revision);
            return stored;
        }
        catch
        {
            if (!request.DryRun)
                resource.Strategy.Release(created);
            await attributes.UndoAsync();
            throw;
        }
    }

    private async ValueTask<CachedObject> StoreNewAsync(
        ServedResource resource, ObjectValue created, string key, byte[] value, CancellationToken cancellationToken)
    {
        var result = await store.CreateAsync(key, value, cancellationToken);
        return result.Succeeded
            ? new CachedObject(key, value, result.Revision, result.Revision)
            : throw NameTaken.Error(resource.Info, created, result.Current);
    }

    private async ValueTask<CachedObject> TryNewAsync(
        ServedResource resource, ObjectValue created, string key, byte[] value, CancellationToken cancellationToken)
    {
        await caches.WaitUntilFreshAsync(cancellationToken);
        return resource.Cache.Snapshot.Objects.GetValueOrDefault(key) is { } existing
            ? throw NameTaken.Error(resource.Info, created, existing.Json)
            : DryRunResult(key, value, 0);
    }

    /// <summary>
    /// Changes an object. <paramref name="change"/> gets a tree of the stored object that it may change and return, or another one; it
    /// runs again when another write comes between, unless it pinned a resourceVersion.
    /// </summary>
    public ValueTask<CachedObject> UpdateAsync(
        WriteRequest request, Func<ObjectValue, ObjectValue> change, CancellationToken cancellationToken) =>
        ChangeAsync(request, current => ValueTask.FromResult(change(request.Resource.Read(current))), cancellationToken);

    /// <summary>The same for a change that may have to ask somebody else.</summary>
    public ValueTask<CachedObject> UpdateAsync(
        WriteRequest request, Func<ObjectValue, ValueTask<ObjectValue>> change, CancellationToken cancellationToken) =>
        ChangeAsync(request, current => change(request.Resource.Read(current)), cancellationToken);

    /// <summary>Puts an object in the place of the stored one.</summary>
    public ValueTask<CachedObject> ReplaceAsync(WriteRequest request, ObjectValue updated, CancellationToken cancellationToken) =>
        ChangeAsync(request, current => ValueTask.FromResult(WritePreconditions.SameObject(request, current, updated)), cancellationToken);

    private async ValueTask<CachedObject> ChangeAsync(
        WriteRequest request, Func<CachedObject, ValueTask<ObjectValue>> change, CancellationToken cancellationToken)
    {
        await caches.WaitUntilFreshAsync(cancellationToken);
        var current = Find(request) ?? throw NotFound(request);
        for (var attempt = 0; ; attempt++)
        {
            await request.Resource.PrepareAsync(current, cancellationToken);
            var updated = await change(current);
            WritePreconditions.Check(request, updated, current);
            var (result, latest) = await TryUpdateAsync(request, current, updated, cancellationToken);
            if (result is not null)
                return result;
            if (latest is null)
                throw NotFound(request);
            if (attempt >= ConflictRetries)
                throw WritePreconditions.Conflict(request);
            current = latest;
        }
    }

    private async ValueTask<(CachedObject? Result, CachedObject? Latest)> TryUpdateAsync(
        WriteRequest request, CachedObject current, ObjectValue updated, CancellationToken cancellationToken)
    {
        var resource = request.Resource;
        var stored = resource.Read(current);
        var attributes = await PrepareAsync(request, updated, stored, cancellationToken);
        await resource.Strategy.AllocateAsync(updated, stored, request.DryRun, cancellationToken);
        var isStored = false;
        try
        {
            WriteValidation.CheckUpdate(request, updated, stored);
            if (!request.IsAdmitted)
                await admission.ValidateAsync(attributes, cancellationToken);
            if (ObjectMetadata.CanBeRemoved(updated) && !resource.Strategy.HoldsBack(updated) && !request.DryRun)
            {
                var removed = await RemoveAsync(request, updated, current, cancellationToken);
                await attributes.UndoAsync();
                return removed;
            }

            var value = await resource.EncodeAsync(updated, cancellationToken);
            if (request.DryRun)
                return (DryRunResult(current.Key, value, current.Revision), null);
            var outcome = await StoreChangeAsync(current, value, cancellationToken);
            isStored = outcome.Result is not null;
            await attributes.SettleAsync(outcome.Result?.Revision);
            return outcome;
        }
        catch
        {
            await attributes.UndoAsync();
            throw;
        }
        finally
        {
            SettleAllocation(request, stored, updated, isStored);
        }
    }

    // After a write the old object's addresses are free, after a failed one those taken for the new object.
    private static void SettleAllocation(WriteRequest request, ObjectValue stored, ObjectValue updated, bool isStored)
    {
        if (request.DryRun)
            return;
        if (isStored)
            request.Resource.Strategy.ReleaseReplaced(stored, updated);
        else
            request.Resource.Strategy.ReleaseReplaced(updated, stored);
    }

    private async ValueTask<AdmissionRequest> PrepareAsync(
        WriteRequest request, ObjectValue updated, ObjectValue stored, CancellationToken cancellationToken)
    {
        var resource = request.Resource;
        ObjectMetadata.PrepareForUpdate(updated, stored);
        OwnerReferences.Deduplicate(updated, request.Warn);
        KindRules.For(resource.Schema).Default(updated);
        var isWhole = request.Subresource.Length == 0;
        if (isWhole)
            await TrackOwnershipAsync(request, updated, stored);
        var attributes = request.View is { } view
            ? Attributes(request, AdmissionOperation.Update, request.Name, view.Read(updated), view.Read(stored))
            : Attributes(request, AdmissionOperation.Update, request.Name, updated, stored);
        if (!request.IsAdmitted)
            await admission.MutateAsync(attributes, cancellationToken);
        request.View?.Write(updated, attributes.Object!);
        if (request.Subresource == "status")
            resource.Strategy.PrepareForStatusUpdate(updated, stored);
        else if (request.Subresource.Length == 0)
            resource.Strategy.PrepareForUpdate(updated, stored, resource.HasStatus);
        else
            resource.Strategy.PrepareForSubresourceUpdate(updated, stored, request.Subresource, ObjectMetadata.Timestamp(time.GetUtcNow()));
        if (resource.Strategy.CountsGenerations && request.Subresource != "status" && resource.Strategy.IsNewGeneration(updated, stored, resource.HasStatus))
            ObjectMetadata.NextGeneration(updated);
        if (!isWhole)
            await TrackOwnershipAsync(request, updated, stored);
        return attributes;
    }

    // Before admission: what it adds (tolerations, volumes, what webhooks inject) belongs to nobody. A subresource takes but a part of
    // what was sent, which shows only after its strategy.
    private async ValueTask TrackOwnershipAsync(WriteRequest request, ObjectValue updated, ObjectValue? stored)
    {
        if (request.IsApply)
            return;
        try
        {
            var now = ObjectMetadata.Timestamp(time.GetUtcNow());
            await FieldManager.TrackUpdateAsync(stored, updated, request.Resource.OwnedVersions, request.FieldManager, request.Subresource, now);
        }
        catch (Exception e) when (e is ApiException or DecodeException)
        {
            // An owner's version can't be read any more: nobody is known to own anything, but the write itself (the removal of a
            // finalizer, say) must not fail for it.
            updated.GetObject("metadata")?.Remove("managedFields");
        }
    }

    private async ValueTask<(CachedObject? Result, CachedObject? Latest)> StoreChangeAsync(
        CachedObject current, byte[] value, CancellationToken cancellationToken)
    {
        // A write that changes nothing is no write: no revision, no event (upstream does the same). Unless another key is to encrypt it.
        if (ResourceVersionSplice.IsInserted(value, current.Revision, current.Json) &&
            !(encryption is not null && await encryption.IsStaleAsync(current.Key, cancellationToken)))
            return (current, null);
        var result = await store.UpdateAsync(current.Key, value, current.Revision, cancellationToken);
        return result.Succeeded
            ? (new CachedObject(current.Key, value, current.CreateRevision, result.Revision), null)
            : (null, Latest(result));
    }

    private async ValueTask<(CachedObject? Result, CachedObject? Latest)> RemoveAsync(
        WriteRequest request, ObjectValue updated, CachedObject current, CancellationToken cancellationToken)
    {
        var value = await request.Resource.EncodeAsync(updated, cancellationToken);
        var result = await store.DeleteAsync(current.Key, current.Revision, value, cancellationToken);
        if (!result.Succeeded)
            return (null, Latest(result));
        request.Resource.Strategy.Release(updated);
        return (new CachedObject(current.Key, value, current.CreateRevision, result.Revision), null);
    }

    private static CachedObject? Latest(WriteResult failed) => failed.Current is { } entry ? CachedObject.Of(entry) : null;

    /// <summary>The object as it is stored now, null when there is none.</summary>
    public async ValueTask<CachedObject?> FindFreshAsync(WriteRequest request, CancellationToken cancellationToken)
    {
        await caches.WaitUntilFreshAsync(cancellationToken);
        return Find(request);
    }

    /// <summary>The object as the caches hold it, null when there is none.</summary>
    public CachedObject? Find(WriteRequest request) => request.Resource.Cache.Snapshot.Objects.GetValueOrDefault(request.Key);

    private static AdmissionRequest Attributes(
        WriteRequest request, AdmissionOperation operation, string name, ObjectValue updated, ObjectValue? stored) => new()
    {
        Operation = operation,
        Resource = request.Resource.Info,
        Subresource = request.Subresource,
        Namespace = request.Namespace,
        Name = name,
        User = request.User,
        Object = updated,
        OldObject = stored,
        DryRun = request.DryRun,
        Options = () => request.Options?.ToTree(operation == AdmissionOperation.Create ? "CreateOptions" : "UpdateOptions"),
        Warn = request.Warn,
        Annotate = request.Annotate,
    };

    private static CachedObject DryRunResult(string key, byte[] value, long revision) => new(key, value, 0, revision);

    private static ApiException NotFound(WriteRequest request) =>
        request.Resource.Absent(request.Key, request.Name);
}
