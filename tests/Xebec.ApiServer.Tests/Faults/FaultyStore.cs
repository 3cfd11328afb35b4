using System.Runtime.CompilerServices;
using Xebec.Store;

namespace Xebec.ApiServer.Tests.Faults;

/// <summary>A store on a disk that goes bad: some calls fail, before or after they did their work, and watches break.</summary>
internal sealed class FaultyStore(IStore store, Random random) : IStore
{
    private int _failuresPerHundred;

    /// <summary>How many of a hundred calls fail from now on; 0: the disk is well again.</summary>
    public int FailuresPerHundred
    {
        set => Volatile.Write(ref _failuresPerHundred, value);
    }

    /// <summary>Writes wait for it, as for a disk that takes its time to sync.</summary>
    public Task WriteGate { get; set; } = Task.CompletedTask;

    public ValueTask<long> GetCurrentRevisionAsync(CancellationToken cancellationToken = default)
    {
        MayFail("reading the newest revision");
        return store.GetCurrentRevisionAsync(cancellationToken);
    }

    public ValueTask<StoreEntry?> GetAsync(string key, long revision = 0, CancellationToken cancellationToken = default)
    {
        MayFail("reading a key");
        return store.GetAsync(key, revision, cancellationToken);
    }

    public ValueTask<StoreRange> RangeAsync(
        string prefix, string? afterKey = null, int limit = 0, long revision = 0, CancellationToken cancellationToken = default)
    {
        MayFail("reading a range");
        return store.RangeAsync(prefix, afterKey, limit, revision, cancellationToken);
    }

    public ValueTask<WriteResult> CreateAsync(string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken = default) =>
        WriteAsync(() => store.CreateAsync(key, value, cancellationToken));

    public ValueTask<WriteResult> UpdateAsync(
        string key, ReadOnlyMemory<byte> value, long expectedModRevision, CancellationToken cancellationToken = default) =>
        WriteAsync(() => store.UpdateAsync(key, value, expectedModRevision, cancellationToken));

    public ValueTask<WriteResult> DeleteAsync(
        string key, long expectedModRevision, ReadOnlyMemory<byte>? finalValue = null, CancellationToken cancellationToken = default) =>
        WriteAsync(() => store.DeleteAsync(key, expectedModRevision, finalValue, cancellationToken));

    public async IAsyncEnumerable<StoreEventBatch> WatchAsync(
        string prefix, long afterRevision, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var batch in store.WatchAsync(prefix, afterRevision, cancellationToken))
        {
            MayFail("following the log");
            yield return batch;
        }
    }

    public ValueTask CompactAsync(long revision, CancellationToken cancellationToken = default) =>
        store.CompactAsync(revision, cancellationToken);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private async ValueTask<WriteResult> WriteAsync(Func<ValueTask<WriteResult>> write)
    {
        await WriteGate;
        MayFail("writing");
        var result = await write();
        MayFail("syncing");
        return result;
    }

    private void MayFail(string what)
    {
        lock (random)
        {
            if (random.Next(100) >= Volatile.Read(ref _failuresPerHundred))
                return;
            throw random.Next(2) == 0
                ? new StoreUnavailableException($"the disk is full ({what}): free some space")
                : new IOException($"input/output error ({what})");
        }
    }
}
