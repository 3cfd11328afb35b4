using Xebec.ApiMachinery.Errors;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;
using Xebec.Store;

namespace Xebec.ApiServer.Endpoints;

/// <summary>
/// Reads a list at the revision its options ask for (API concepts, "resource versions"): from the cache whenever the cache can prove
/// that it holds that revision, else from the store's history.
/// </summary>
internal sealed class ListReader(CacheSet caches, IStore store, TimeProvider time)
{
    private static readonly TimeSpan FutureRevisionPatience = TimeSpan.FromSeconds(3);

    public async ValueTask<ListPage> ReadAsync(
        ServedResource resource, string ns, ListOptions options, ObjectFilter filter, CancellationToken cancellationToken)
    {
        var prefix = resource.Prefix(ns);
        var token = options.Continue is { } text ? ContinueToken.Decode(text) : (ContinueToken?)null;
        var afterKey = token is { } t ? prefix + t.AfterKey : null;
        var (snapshot, revision) = await SelectSnapshotAsync(resource, options, token, prefix, cancellationToken);
        if (filter.ReadsServedFields)
            await PrepareAsync(resource, snapshot, prefix, afterKey, cancellationToken);
        var page = Take(snapshot, revision, prefix, afterKey, options.Limit, filter);
        if (page.Continue is not null)
            resource.Cache.Retain(new CacheSnapshot(snapshot.Objects, revision));
        return page;
    }

    private static ValueTask PrepareAsync(
        ServedResource resource, CacheSnapshot snapshot, string prefix, string? afterKey, CancellationToken cancellationToken)
    {
        var (start, end) = snapshot.Find(prefix, afterKey);
        return resource.PrepareAsync(snapshot.Ordered.AsMemory(start, end - start), cancellationToken);
    }

    private async ValueTask<(CacheSnapshot Snapshot, long Revision)> SelectSnapshotAsync(
        ServedResource resource, ListOptions options, ContinueToken? token, string prefix, CancellationToken cancellationToken)
    {
        if (token is { Revision: > 0 } page)
            return (await AtAsync(resource, page.Revision, prefix, page, cancellationToken), page.Revision);
        if (options is { IsExact: true, ResourceVersion: { } exact })
            return (await AtAsync(resource, exact, prefix, null, cancellationToken), exact);
        var atLeast = options.ResourceVersion switch
        {
            null => await caches.WaitUntilFreshAsync(cancellationToken),
            0 => caches.Revision,
            var given => await WaitForGivenAsync(given.Value, cancellationToken),
        };
        var snapshot = resource.Cache.Current().Snapshot;
        resource.Cache.Unreadable.CheckList(prefix);
        return (snapshot, Math.Max(atLeast, snapshot.Revision));
    }

    /// <summary>Waits a little for a revision the client has seen elsewhere.</summary>
    /// <exception cref="ApiException">504 when it does not come.</exception>
    public async ValueTask<long> WaitForGivenAsync(long revision, CancellationToken cancellationToken)
    {
        if (caches.Revision >= revision)
            return caches.Revision;
        using var patience = new CancellationTokenSource(FutureRevisionPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await caches.WaitForAsync(revision, either.Token);
            return caches.Revision;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw ApiErrors.ResourceVersionTooLarge(revision, caches.Revision);
        }
    }

    private async ValueTask<CacheSnapshot> AtAsync(
        ServedResource resource, long revision, string prefix, ContinueToken? token, CancellationToken cancellationToken)
    {
        if (resource.Cache.Retained(revision) is { } retained)
            return retained;
        // In this order: what the caches had reached before is in a snapshot taken after.
        var reached = caches.Revision;
        var now = resource.Cache.Current().Snapshot;
        if (reached >= revision && now.Revision <= revision)
            return now;
        try
        {
            return await FromHistoryAsync(revision, prefix, cancellationToken);
        }
        catch (CompactedException compacted)
        {
            throw Expired(compacted, token);
        }
        catch (FutureRevisionException future)
        {
            throw ApiErrors.ResourceVersionTooLarge(revision, future.CurrentRevision);
        }
    }

    private static ApiException Expired(CompactedException compacted, ContinueToken? token) => token is { } page
        ? ApiErrors.ContinueTooOld((page with { Revision = -1 }).Encode())
        : ApiErrors.Expired("The resourceVersion for the provided list is too old.");

    private async ValueTask<CacheSnapshot> FromHistoryAsync(long revision, string prefix, CancellationToken cancellationToken)
    {
        var range = await store.RangeAsync(prefix, revision: revision, cancellationToken: cancellationToken);
        var objects = System.Collections.Immutable.ImmutableSortedDictionary.CreateBuilder<string, CachedObject>(StringComparer.Ordinal);
        foreach (var entry in range.Entries)
            objects[entry.Key] = CachedObject.Of(entry);
        return new CacheSnapshot(objects.ToImmutable(), revision);
    }

    private static ListPage Take(CacheSnapshot snapshot, long revision, string prefix, string? afterKey, int limit, ObjectFilter filter)
    {
        var (start, end) = snapshot.Find(prefix, afterKey);
        if (filter.IsEmpty)
            return Slice(snapshot, revision, prefix, start, end, limit);
        var matching = new List<CachedObject>();
        var at = start;
        for (; at < end && (limit == 0 || matching.Count < limit); at++)
        {
            if (filter.Matches(snapshot.Ordered[at]))
                matching.Add(snapshot.Ordered[at]);
        }

        var last = at - 1;
        while (at < end && !filter.Matches(snapshot.Ordered[at]))
            at++;
        var more = at < end;
        var next = more ? Token(revision, prefix, snapshot.Ordered[last]) : null;
        return new ListPage(revision, matching.ToArray(), next, null);
    }

    private static ListPage Slice(CacheSnapshot snapshot, long revision, string prefix, int start, int end, int limit)
    {
        var count = limit > 0 ? Math.Min(limit, end - start) : end - start;
        var remaining = end - start - count;
        var next = remaining > 0 ? Token(revision, prefix, snapshot.Ordered[start + count - 1]) : null;
        return new ListPage(revision, snapshot.Ordered.AsMemory(start, count), next, remaining > 0 ? remaining : null);
    }

    private static string Token(long revision, string prefix, CachedObject last) =>
        new ContinueToken(revision, last.Key[prefix.Length..]).Encode();
}
