using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Admission;
using Xebec.ApiServer.WatchCache;
using Xebec.Store;

namespace Xebec.ApiServer.Registry;

/// <summary>
/// Every delete: at once when nothing holds the object back, else by marking it (deletionTimestamp, grace period, the garbage
/// collector's finalizers) so that whoever holds it back can finish.
/// </summary>
internal sealed class ResourceDeleter(IStore store, CacheSet caches, AdmissionChain admission, TimeProvider time)
{
    private const int ConflictRetries = 12;

    /// <summary>Deletes an object; returns it as it now is, and whether it is gone.</summary>
    public async ValueTask<(CachedObject Item, bool Gone)> DeleteAsync(
        WriteRequest request, DeleteRequest options, CancellationToken cancellationToken)
    {
        await caches.WaitUntilFreshAsync(cancellationToken);
        var current = request.Resource.Cache.Snapshot.Objects.GetValueOrDefault(request.Key) ?? throw NotFound(request);
        if (!request.IsAdmitted)
            await AdmitAsync(request, options, current, cancellationToken);
        for (var attempt = 0; ; attempt++)
        {
            CheckPreconditions(request, options, current);
            var marked = DeletionMark.Apply(current.ToTree(), options, request.Resource.Strategy, time.GetUtcNow());
            if (request.DryRun)
                return (Outcome(current, current.Revision, marked, request), marked.Outcome == DeletionOutcome.Removed);
            var (result, gone) = await WriteAsync(request, current, marked, cancellationToken);
            if (result.Succeeded)
                return (Outcome(current, gone ? current.Revision : result.Revision, marked, request), gone);
            current = Latest(result) ?? throw NotFound(request);
            if (attempt >= ConflictRetries)
                throw ApiErrors.ObjectModified(request.Resource.Info, request.Name);
        }
    }

    private async ValueTask AdmitAsync(
        WriteRequest request, DeleteRequest options, CachedObject current, CancellationToken cancellationToken)
    {
        await request.Resource.PrepareAsync(current, cancellationToken);
        var attributes = new AdmissionRequest
        {
            Operation = AdmissionOperation.Delete,
            Resource = request.Resource.Info,
            Namespace = request.Namespace,
            Name = request.Name,
            User = request.User,
            OldObject = request.Resource.Read(current),
            DryRun = request.DryRun,
            Options = () => options.ToTree(request.DryRun),
            Warn = request.Warn,
            Annotate = request.Annotate,
        };
        await admission.MutateAsync(attributes, cancellationToken);
        await admission.ValidateAsync(attributes, cancellationToken);
    }

    private async ValueTask<(WriteResult Result, bool Gone)> WriteAsync(
        WriteRequest request, CachedObject current, DeletionMark marked, CancellationToken cancellationToken)
    {
        if (marked.Outcome == DeletionOutcome.Unchanged)
            return (new WriteResult(true, current.Revision, null), false);
        var value = Encode(request.Resource, marked.Tree);
        if (marked.Outcome == DeletionOutcome.Marked)
            return (await store.UpdateAsync(current.Key, value, current.Revision, cancellationToken), false);
        var result = await store.DeleteAsync(current.Key, current.Revision, value, cancellationToken);
        if (result.Succeeded)
            request.Resource.Strategy.Release(marked.Tree);
        return (result, true);
    }

    private static CachedObject Outcome(CachedObject current, long revision, DeletionMark marked, WriteRequest request) =>
        marked.Outcome == DeletionOutcome.Unchanged
            ? current
            : new CachedObject(current.Key, Encode(request.Resource, marked.Tree), current.CreateRevision, revision);

    // The stored version is what is marked, so no conversion is needed; its schema puts new fields where they belong.
    private static byte[] Encode(ServedResource resource, ObjectValue tree)
    {
        tree.GetObject("metadata")!.Remove("resourceVersion");
        return ObjectDecoder.Normalize(tree, resource.Conversion?.StorageSchema ?? resource.Schema).Object.ToUtf8();
    }

    private static CachedObject? Latest(WriteResult failed) => failed.Current is { } entry ? CachedObject.Of(entry) : null;

    private static void CheckPreconditions(WriteRequest request, DeleteRequest options, CachedObject current)
    {
        if (options.Uid is null && options.ResourceVersion is null)
            return;
        var metadata = current.ToTree().GetObject("metadata")!;
        if (options.Uid is { } uid && metadata.GetString("uid") is var actual && actual != uid)
        {
            throw Mismatch(
                request, $"the UID in the precondition ({uid}) does not match the UID in record ({actual}). " +
                "The object might have been deleted and then recreated");
        }

        var revision = metadata.GetString("resourceVersion");
        if (options.ResourceVersion is { } version && version != revision)
        {
            throw Mismatch(
                request, $"the ResourceVersion in the precondition ({version}) does not match the ResourceVersion in record ({revision}). " +
                "The object might have been modified");
        }
    }

    // Upstream names the kind here, where other conflicts name the plural.
    private static ApiException Mismatch(WriteRequest request, string why) =>
        ApiErrors.Conflict(request.Resource.Info.GroupVersion.Group, request.Resource.Info.Kind, request.Name, why);

    private static ApiException NotFound(WriteRequest request) => request.Resource.Absent(request.Key, request.Name);
}
