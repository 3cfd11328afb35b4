namespace Xebec.Store;

/// <summary>
/// The contract every store meets: one strictly increasing revision over all keys, guarded writes that are durable before they are
/// answered or watched, ranges at a revision, watches from a revision, and compaction. Implementations: SQLite (embedded), etcd.
/// A value handed in is kept, not copied (events and entries share it): its bytes must not change afterwards.
/// </summary>
public interface IStore : IAsyncDisposable
{
    /// <summary>The newest durable revision, from the store itself: a reader that has seen it is up to date. 0: no write yet.</summary>
    ValueTask<long> GetCurrentRevisionAsync(CancellationToken cancellationToken = default);

    /// <summary>The entry at a key, now (0) or as of a revision; null when there is none.</summary>
    /// <exception cref="CompactedException">The revision is older than the history kept.</exception>
    /// <exception cref="FutureRevisionException">The revision has not happened yet.</exception>
    ValueTask<StoreEntry?> GetAsync(string key, long revision = 0, CancellationToken cancellationToken = default);

    /// <summary>The entries whose keys start with a prefix, in key order, from the first key after <paramref name="afterKey"/>.</summary>
    /// <param name="prefix">For example <c>/registry/pods/</c>; empty means every key.</param>
    /// <param name="afterKey">Exclusive lower bound, null for the start.</param>
    /// <param name="limit">At most this many entries; 0 means all.</param>
    /// <param name="revision">The revision to read at; 0 means now.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="CompactedException">The revision is older than the history kept.</exception>
    /// <exception cref="FutureRevisionException">The revision has not happened yet.</exception>
    ValueTask<StoreRange> RangeAsync(
        string prefix, string? afterKey = null, int limit = 0, long revision = 0, CancellationToken cancellationToken = default);

    /// <summary>Writes the key if it does not exist.</summary>
    ValueTask<WriteResult> CreateAsync(string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken = default);

    /// <summary>Replaces the value if the key's last write was at <paramref name="expectedModRevision"/>.</summary>
    ValueTask<WriteResult> UpdateAsync(
        string key, ReadOnlyMemory<byte> value, long expectedModRevision, CancellationToken cancellationToken = default);

    /// <summary>
    /// Deletes the key if its last write was at <paramref name="expectedModRevision"/>; 0 deletes it whatever its revision.
    /// The delete event carries <paramref name="finalValue"/> when given, else the last stored value.
    /// </summary>
    ValueTask<WriteResult> DeleteAsync(
        string key, long expectedModRevision, ReadOnlyMemory<byte>? finalValue = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Every change below a prefix with a revision greater than <paramref name="afterRevision"/>, in order, in batches: what is already
    /// there at once, then as it becomes durable, until cancelled. A revision that has not happened yet is waited for.
    /// A batch may be empty: its <see cref="StoreEventBatch.Revision"/> then only says how far the watch has come.
    /// </summary>
    /// <exception cref="CompactedException">The history after it is no longer kept; also when a reader falls that far behind.</exception>
    IAsyncEnumerable<StoreEventBatch> WatchAsync(string prefix, long afterRevision, CancellationToken cancellationToken = default);

    /// <summary>
    /// Forgets how a revision came to be, not what stood at it: reads at it, and watches after it, still work; older ones don't.
    /// Live keys stay. Going backwards does nothing.
    /// </summary>
    /// <exception cref="FutureRevisionException">The revision has not happened yet.</exception>
    ValueTask CompactAsync(long revision, CancellationToken cancellationToken = default);
}
