namespace Xebec.Store.Sqlite.Watching;

/// <summary>
/// The newest durable changes, shared by every watch. The writer publishes whole commits; readers take no lock: revisions have no gaps,
/// so a change sits in the slot of its revision, and a slot that holds another one tells the reader to go to the history on disk.
/// </summary>
internal sealed class EventRing(long durableRevision)
{
    private const int Capacity = 8192;
    private const int MaxValueBytes = 8 << 20;
    private readonly StoreEvent?[] _slots = new StoreEvent?[Capacity];
    private TaskCompletionSource? _nextPublish;
    private long _durableRevision = durableRevision;
    private long _oldestRevision = durableRevision + 1;
    private long _valueBytes;
    private Exception? _closed;

    /// <summary>The newest revision that is on disk.</summary>
    public long DurableRevision => Volatile.Read(ref _durableRevision);

    /// <summary>The change of a revision, or null when the ring no longer has it.</summary>
    public StoreEvent? Find(long revision) =>
        Volatile.Read(ref _slots[revision % Capacity]) is { } found && found.Revision == revision ? found : null;

    /// <summary>Makes a commit visible; only the writer calls it.</summary>
    public void Publish(ReadOnlySpan<StoreEvent> events)
    {
        foreach (var change in events)
        {
            Evict(change.Revision - Capacity);
            Volatile.Write(ref _slots[change.Revision % Capacity], change);
            _valueBytes += change.Value.Length;
        }
        while (_valueBytes > MaxValueBytes && _oldestRevision < events[^1].Revision)
            Evict(_oldestRevision);
        Volatile.Write(ref _durableRevision, events[^1].Revision);
        Interlocked.Exchange(ref _nextPublish, null)?.TrySetResult();
    }

    /// <summary>Completes once a revision greater than the given one is durable.</summary>
    public Task WaitAsync(long revision, CancellationToken cancellationToken)
    {
        var signal = Volatile.Read(ref _nextPublish);
        if (signal is null)
        {
            var created = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            signal = Interlocked.CompareExchange(ref _nextPublish, created, null) ?? created;
        }
        if (Volatile.Read(ref _closed) is { } reason)
            return Task.FromException(reason);
        return DurableRevision > revision ? Task.CompletedTask : signal.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Ends every wait, now and later, with an error.</summary>
    public void Close(Exception reason)
    {
        Volatile.Write(ref _closed, reason);
        Interlocked.Exchange(ref _nextPublish, null)?.TrySetException(reason);
    }

    private void Evict(long throughRevision)
    {
        for (; _oldestRevision <= throughRevision; _oldestRevision++)
        {
            ref var slot = ref _slots[_oldestRevision % Capacity];
            _valueBytes -= slot?.Value.Length ?? 0;
            Volatile.Write(ref slot, null);
        }
    }
}
