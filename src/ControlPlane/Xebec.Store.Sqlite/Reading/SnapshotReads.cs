using Xebec.Store.Sqlite.Database;
using Xebec.Store.Sqlite.Watching;

namespace Xebec.Store.Sqlite.Reading;

/// <summary>Reads at a revision, each answered from what that revision saw whatever is written meanwhile.</summary>
internal sealed class SnapshotReads(ReaderPool pool, EventRing ring, StoreFile file, long compactedRevision)
{
    private long _compactedRevision = compactedRevision;

    /// <summary>Older revisions are not readable any more.</summary>
    public long CompactedRevision => Volatile.Read(ref _compactedRevision);

    /// <summary>Makes a durable compaction known; only then may what it covers be swept.</summary>
    public void PublishCompaction(long revision) => Volatile.Write(ref _compactedRevision, revision);

    public async ValueTask<StoreEntry?> GetAsync(string key, long revision, CancellationToken cancellationToken)
    {
        revision = Resolve(revision);
        using var lease = await BorrowAsync(cancellationToken).ConfigureAwait(false);
        return Read(revision, () => lease.Reader.Get(key, revision));
    }

    public async ValueTask<StoreRange> RangeAsync(
        string prefix, string? afterKey, int limit, long revision, CancellationToken cancellationToken)
    {
        revision = Resolve(revision);
        using var lease = await BorrowAsync(cancellationToken).ConfigureAwait(false);
        return Read(revision, () => lease.Reader.Range(prefix, afterKey, limit, revision));
    }

    public async ValueTask<List<StoreEvent>> EventsAsync(
        string prefix, long afterRevision, long throughRevision, CancellationToken cancellationToken)
    {
        using var lease = await BorrowAsync(cancellationToken).ConfigureAwait(false);
        return Read(afterRevision, () => lease.Reader.Events(prefix, afterRevision, throughRevision));
    }

    /// <summary>Throws when what happened after a revision is no longer known.</summary>
    public void CheckCompaction(long revision)
    {
        if (revision < CompactedRevision)
            throw new CompactedException(revision, CompactedRevision);
    }

    private long Resolve(long revision)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(revision);
        var current = ring.DurableRevision;
        if (revision > current)
            throw new FutureRevisionException(revision, current);
        return revision == 0 ? current : revision;
    }

    private async ValueTask<ReaderPool.Lease> BorrowAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await pool.BorrowAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException e)
        {
            throw StoreFailure.Explain(e, file.DisplayName);
        }
    }

    // Checked after the read: a sweep that the read could have seen was announced before it began.
    private T Read<T>(long revision, Func<T> read)
    {
        try
        {
            var result = read();
            CheckCompaction(revision);
            return result;
        }
        catch (SqliteException e)
        {
            throw StoreFailure.Explain(e, file.DisplayName);
        }
    }
}
