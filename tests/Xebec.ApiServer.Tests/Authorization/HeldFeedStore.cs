using System.Runtime.CompilerServices;
using Xebec.Store;

namespace Xebec.ApiServer.Tests.Authorization;

/// <summary>A store whose watch can be held back, so that the caches do not learn what is written.</summary>
internal sealed class HeldFeedStore(IStore store) : IStore
{
    private volatile TaskCompletionSource _open = Opened();
    private volatile TaskCompletionSource _question = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when somebody asks, from now on, how far the store is: what they do next waits for the caches.</summary>
    public Task NextQuestion => (_question = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>No event passes until <see cref="Release"/>.</summary>
    public void Hold() => _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _open.TrySetResult();

    public ValueTask<long> GetCurrentRevisionAsync(CancellationToken cancellationToken = default)
    {
        _question.TrySetResult();
        return store.GetCurrentRevisionAsync(cancellationToken);
    }

    public ValueTask<StoreEntry?> GetAsync(string key, long revision = 0, CancellationToken cancellationToken = default) =>
        store.GetAsync(key, revision, cancellationToken);

    public ValueTask<StoreRange> RangeAsync(
        string prefix, string? afterKey = null, int limit = 0, long revision = 0, CancellationToken cancellationToken = default) =>
        store.RangeAsync(prefix, afterKey, limit, revision, cancellationToken);

    public ValueTask<WriteResult> CreateAsync(string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken = default) =>
        store.CreateAsync(key, value, cancellationToken);

    public ValueTask<WriteResult> UpdateAsync(
        string key, ReadOnlyMemory<byte> value, long expectedModRevision, CancellationToken cancellationToken = default) =>
        store.UpdateAsync(key, value, expectedModRevision, cancellationToken);

    public ValueTask<WriteResult> DeleteAsync(
        string key, long expectedModRevision, ReadOnlyMemory<byte>? finalValue = null, CancellationToken cancellationToken = default) =>
        store.DeleteAsync(key, expectedModRevision, finalValue, cancellationToken);

    public async IAsyncEnumerable<StoreEventBatch> WatchAsync(
        string prefix, long afterRevision, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var batch in store.WatchAsync(prefix, afterRevision, cancellationToken))
        {
            await _open.Task.WaitAsync(cancellationToken);
            yield return batch;
        }
    }

    public ValueTask CompactAsync(long revision, CancellationToken cancellationToken = default) => store.CompactAsync(revision, cancellationToken);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private static TaskCompletionSource Opened()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }
}
