using Xebec.Store;

namespace Xebec.ApiServer.Tests.Registry;

/// <summary>A store in which the first names that are tried for a ConfigMap are taken.</summary>
internal sealed class TakenNamesStore(IStore store, int taken) : IStore
{
    private int _taken = taken;

    public ValueTask<long> GetCurrentRevisionAsync(CancellationToken cancellationToken = default) => store.GetCurrentRevisionAsync(cancellationToken);

    public ValueTask<StoreEntry?> GetAsync(string key, long revision = 0, CancellationToken cancellationToken = default) =>
        store.GetAsync(key, revision, cancellationToken);

    public ValueTask<StoreRange> RangeAsync(
        string prefix, string? afterKey = null, int limit = 0, long revision = 0, CancellationToken cancellationToken = default) =>
        store.RangeAsync(prefix, afterKey, limit, revision, cancellationToken);

    public ValueTask<WriteResult> CreateAsync(string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken = default) =>
        key.StartsWith("/registry/configmaps/default/", StringComparison.Ordinal) && Interlocked.Decrement(ref _taken) >= 0
            ? ValueTask.FromResult(new WriteResult(false, 1, null))
            : store.CreateAsync(key, value, cancellationToken);

    public ValueTask<WriteResult> UpdateAsync(
        string key, ReadOnlyMemory<byte> value, long expectedModRevision, CancellationToken cancellationToken = default) =>
        store.UpdateAsync(key, value, expectedModRevision, cancellationToken);

    public ValueTask<WriteResult> DeleteAsync(
        string key, long expectedModRevision, ReadOnlyMemory<byte>? finalValue = null, CancellationToken cancellationToken = default) =>
        store.DeleteAsync(key, expectedModRevision, finalValue, cancellationToken);

    public IAsyncEnumerable<StoreEventBatch> WatchAsync(string prefix, long afterRevision, CancellationToken cancellationToken = default) =>
        store.WatchAsync(prefix, afterRevision, cancellationToken);

    public ValueTask CompactAsync(long revision, CancellationToken cancellationToken = default) => store.CompactAsync(revision, cancellationToken);

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
