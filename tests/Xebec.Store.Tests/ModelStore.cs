using System.Runtime.CompilerServices;
using System.Text;

namespace Xebec.Store.Tests;

/// <summary>The reference every store is compared with: a list of all events under one lock, searched from end to end.</summary>
public sealed class ModelStore : IStore
{
    private readonly Lock _gate = new();
    private readonly List<StoreEvent> _log = [];
    private TaskCompletionSource _changed = NewSignal();
    private long _compacted;
    private bool _closed;

    public ValueTask<long> GetCurrentRevisionAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
            return new(_log.Count);
    }

    public ValueTask<StoreEntry?> GetAsync(string key, long revision = 0, CancellationToken cancellationToken = default)
    {
        lock (_gate)
            return new(Find(key, Resolve(revision)));
    }

    public ValueTask<StoreRange> RangeAsync(
        string prefix, string? afterKey = null, int limit = 0, long revision = 0, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            revision = Resolve(revision);
            var all = _log.Select(change => change.Key).Distinct()
                .Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && (afterKey is null || CompareUtf8(key, afterKey) > 0))
                .Order(Comparer<string>.Create(CompareUtf8))
                .Select(key => Find(key, revision)).OfType<StoreEntry>().ToList();
            var entries = limit == 0 ? all : all.Take(limit).ToList();
            return new(new StoreRange(revision, entries, all.Count > entries.Count));
        }
    }

    public ValueTask<WriteResult> CreateAsync(string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken = default) =>
        Write(key, current => current is null, StoreEventType.Created, value, cancellationToken);

    public ValueTask<WriteResult> UpdateAsync(
        string key, ReadOnlyMemory<byte> value, long expectedModRevision, CancellationToken cancellationToken = default) =>
        Write(key, current => current?.ModRevision == expectedModRevision, StoreEventType.Updated, value, cancellationToken);

    public ValueTask<WriteResult> DeleteAsync(
        string key, long expectedModRevision, ReadOnlyMemory<byte>? finalValue = null, CancellationToken cancellationToken = default) =>
        Write(
            key,
            current => current is not null && (expectedModRevision == 0 || current.ModRevision == expectedModRevision),
            StoreEventType.Deleted,
            finalValue,
            cancellationToken);

    public async IAsyncEnumerable<StoreEventBatch> WatchAsync(
        string prefix, long afterRevision, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            StoreEventBatch batch;
            Task changed;
            lock (_gate)
            {
                if (afterRevision < _compacted)
                    throw new CompactedException(afterRevision, _compacted);
                changed = _closed ? Task.FromException(Closed()) : _changed.Task;
                var events = _log.Where(change => change.Revision > afterRevision
                    && change.Key.StartsWith(prefix, StringComparison.Ordinal)).ToList();
                batch = new StoreEventBatch(_log.Count, events);
            }
            if (batch.Revision > afterRevision)
            {
                afterRevision = batch.Revision;
                yield return batch;
            }
            else
            {
                await changed.WaitAsync(cancellationToken);
            }
        }
    }

    public ValueTask CompactAsync(long revision, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (revision > _log.Count)
                throw new FutureRevisionException(revision, _log.Count);
            _compacted = Math.Max(_compacted, revision);
            return default;
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate)
            _closed = true;
        _changed.TrySetException(Closed());
        return default;
    }

    /// <summary>Compares keys as the contract says: as UTF-8 bytes.</summary>
    internal static int CompareUtf8(string left, string right) =>
        Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static StoreUnavailableException Closed() => new("the store is closed");

    private long Resolve(long revision)
    {
        if (_closed)
            throw Closed();
        if (revision > _log.Count)
            throw new FutureRevisionException(revision, _log.Count);
        if (revision != 0 && revision < _compacted)
            throw new CompactedException(revision, _compacted);
        return revision == 0 ? _log.Count : revision;
    }

    private StoreEntry? Find(string key, long revision)
    {
        var newest = _log.LastOrDefault(change => change.Revision <= revision && change.Key == key);
        return newest is null or { Type: StoreEventType.Deleted }
            ? null
            : new StoreEntry(key, newest.Value, newest.CreateRevision, newest.Revision);
    }

    private ValueTask<WriteResult> Write(
        string key, Func<StoreEntry?, bool> guard, StoreEventType type, ReadOnlyMemory<byte>? value, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource changed;
        WriteResult result;
        lock (_gate)
        {
            var current = _closed ? throw Closed() : Find(key, _log.Count);
            if (!guard(current))
                return new(new WriteResult(false, current?.ModRevision ?? 0, current));
            var revision = _log.Count + 1;
            _log.Add(new StoreEvent(type, key, revision, current?.CreateRevision ?? revision, value ?? current!.Value));
            (changed, _changed) = (_changed, NewSignal());
            result = new WriteResult(true, revision, type == StoreEventType.Deleted ? current : null);
        }
        changed.TrySetResult();
        return new(result);
    }
}
