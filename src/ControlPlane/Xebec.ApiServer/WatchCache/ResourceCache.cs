using System.Collections.Immutable;
using Xebec.Store;

namespace Xebec.ApiServer.WatchCache;

/// <summary>
/// The objects of one resource and the log of their recent changes. One writer (the feed) changes it; readers take the current
/// snapshot or follow the log without a lock.
/// </summary>
internal sealed class ResourceCache
{
    // Enough history that a client that lost its connection for some minutes resumes without listing again.
    private const int HistoryLength = 8192;
    // Of large objects less is kept: each change holds what was there before it.
    private const long MaximumHistoryBytes = 8 * 1024 * 1024;
    private const int ShortestHistory = 256;
    private const int SnapshotCount = 16;
    private readonly Queue<CacheEvent> _history = new();
    private readonly Lock _historyLock = new();
    private readonly WakeupList _watchers;
    private readonly LinkedList<CacheSnapshot> _pagedSnapshots = new();
    private ImmutableSortedDictionary<string, CachedObject> _objects =
        ImmutableSortedDictionary.Create<string, CachedObject>(StringComparer.Ordinal);

    private volatile CacheSnapshot _snapshot;
    private CacheEvent _tail;
    private long _historyFloor;
    private long _historyBytes;

    public ResourceCache(string folder, long revision, TimeProvider time)
    {
        Folder = folder;
        _watchers = new WakeupList(time);
        _historyFloor = revision;
        _snapshot = new CacheSnapshot(_objects, revision);
        _tail = new CacheEvent(StoreEventType.Updated, NoObject, null);
    }

    private static CachedObject NoObject { get; } =
        new("", "{\"metadata\":{\"name\":\"\"}}"u8.ToArray(), 0, 0);

    /// <summary>The folder below /registry.</summary>
    public string Folder { get; }

    /// <summary>Objects as of the last change to this resource.</summary>
    public CacheSnapshot Snapshot => _snapshot;

    /// <summary>The objects that are stored and can't be read; nearly always none.</summary>
    public UnreadableObjects Unreadable { get; private set; } = UnreadableObjects.None;

    /// <summary>Who is woken by a change.</summary>
    public WakeupList Watchers => _watchers;

    /// <summary>Fills the cache from a first listing; only the feed calls it, before any reader.</summary>
    internal void Load(IReadOnlyList<StoreEntry> entries, long revision)
    {
        var builder = _objects.ToBuilder();
        foreach (var entry in entries)
        {
            if (UnreadableValue.ReasonOf(entry.Value.Span) is { } reason)
                Unreadable = Unreadable.With(entry.Key, reason);
            else
                builder[entry.Key] = new CachedObject(entry.Key, entry.Value, entry.CreateRevision, entry.ModRevision);
        }

        _objects = builder.ToImmutable();
        _historyFloor = revision;
        _snapshot = new CacheSnapshot(_objects, revision);
    }

    /// <summary>Takes in one change; only the feed calls it, in revision order.</summary>
    internal void Apply(StoreEvent change)
    {
        _objects.TryGetValue(change.Key, out var previous);
        if (UnreadableValue.ReasonOf(change.Value.Span) is { } reason)
        {
            TakeUnreadable(change, previous, reason);
            return;
        }

        if (!Unreadable.IsEmpty)
            Unreadable = Unreadable.Without(change.Key);
        var current = new CachedObject(change.Key, change.Value, change.CreateRevision, change.Revision);
        _objects = change.Type == StoreEventType.Deleted ? _objects.Remove(change.Key) : _objects.SetItem(change.Key, current);
        Append(new CacheEvent(change.Type, current, previous));
        _snapshot = new CacheSnapshot(_objects, change.Revision);
    }

    // What nobody can read any more is gone for readers, who are told so by name.
    private void TakeUnreadable(StoreEvent change, CachedObject? previous, string reason)
    {
        Unreadable = change.Type == StoreEventType.Deleted ? Unreadable.Without(change.Key) : Unreadable.With(change.Key, reason);
        if (previous is not null)
        {
            var last = new CachedObject(change.Key, UnreadableObjects.NameOnly(change.Key), change.CreateRevision, change.Revision);
            _objects = _objects.Remove(change.Key);
            Append(new CacheEvent(StoreEventType.Deleted, last, previous));
        }

        _snapshot = new CacheSnapshot(_objects, change.Revision);
    }

    private void Append(CacheEvent added)
    {
        lock (_historyLock)
        {
            _history.Enqueue(added);
            _historyBytes += BytesOf(added);
            while (_history.Count > HistoryLength || (_historyBytes > MaximumHistoryBytes && _history.Count > ShortestHistory))
                Forget();
            _tail.Next = added;
            _tail = added;
        }
    }

    private void Forget()
    {
        var forgotten = _history.Dequeue();
        _historyFloor = forgotten.Revision;
        _historyBytes -= BytesOf(forgotten);
    }

    private static long BytesOf(CacheEvent change) => change.Current.Json.Length + (change.Previous?.Json.Length ?? 0);

    /// <summary>Watches from this revision on are answered from the log.</summary>
    public long HistoryFloor
    {
        get
        {
            lock (_historyLock)
                return _historyFloor;
        }
    }

    /// <summary>The log position after which every event has a revision greater than the given one; null when history no longer reaches it.</summary>
    public CacheEvent? PositionAfter(long revision)
    {
        lock (_historyLock)
        {
            if (revision < _historyFloor)
                return null;
            var position = (CacheEvent?)null;
            foreach (var recorded in _history)
            {
                if (recorded.Revision > revision)
                    return position ?? Before(recorded);
                position = recorded;
            }

            return _tail;
        }
    }

    /// <summary>The current state and the log position that continues from it.</summary>
    public (CacheSnapshot Snapshot, CacheEvent Position) Current()
    {
        lock (_historyLock)
            return (_snapshot.Revision >= _tail.Revision ? _snapshot : new CacheSnapshot(_objects, _tail.Revision), _tail);
    }

    /// <summary>Keeps a snapshot readable for the following pages of a list.</summary>
    public void Retain(CacheSnapshot snapshot)
    {
        lock (_historyLock)
        {
            if (_pagedSnapshots.Any(s => s.Revision == snapshot.Revision))
                return;
            _pagedSnapshots.AddLast(snapshot);
            if (_pagedSnapshots.Count > SnapshotCount)
                _pagedSnapshots.RemoveFirst();
        }
    }

    /// <summary>A retained snapshot of a revision, null when it is no longer there.</summary>
    public CacheSnapshot? Retained(long revision)
    {
        lock (_historyLock)
            return _pagedSnapshots.FirstOrDefault(s => s.Revision == revision);
    }

    // A position in front of the first event kept: a node that is linked to it but carries nothing.
    private static CacheEvent Before(CacheEvent first) =>
        new(StoreEventType.Updated, NoObject, null) { Next = first };
}
