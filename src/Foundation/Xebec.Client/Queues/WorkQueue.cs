using System.Threading.Channels;

namespace Xebec.Client.Queues;

/// <summary>
/// Keys to work on. A key waits at most once; one that is added while it is worked on comes again afterwards, so no key is ever
/// worked on twice at the same time.
/// </summary>
public sealed class WorkQueue<TKey> : IDisposable
    where TKey : notnull
{
    private readonly Lock _sync = new();
    private readonly Channel<TKey> _ready = Channel.CreateUnbounded<TKey>();
    private readonly HashSet<TKey> _dirty = [];
    private readonly HashSet<TKey> _processing = [];
    private readonly DelayQueue<TKey> _delayed;
    private readonly Dictionary<TKey, int> _failures = [];
    private bool _shutDown;

    /// <summary>An empty queue whose delays run on the given clock.</summary>
    public WorkQueue(TimeProvider time) => _delayed = new DelayQueue<TKey>(time, Add);

    /// <summary>How many keys wait to be worked on now.</summary>
    public int Count => _ready.Reader.Count;

    /// <summary>Adds a key unless it waits already; ignored after <see cref="ShutDown"/>.</summary>
    public void Add(TKey key)
    {
        lock (_sync)
        {
            if (_shutDown || !_dirty.Add(key) || _processing.Contains(key))
                return;
            _ready.Writer.TryWrite(key);
        }
    }

    /// <summary>Adds a key after a delay; of several delays of one key the earliest counts.</summary>
    public void AddAfter(TKey key, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
            Add(key);
        else
            _delayed.Add(key, delay);
    }

    /// <summary>Adds a key after a delay that doubles with each call until <see cref="Forget"/>: 5 ms to 1000 s.</summary>
    public void AddRateLimited(TKey key)
    {
        int failures;
        lock (_sync)
            _failures[key] = failures = _failures.GetValueOrDefault(key) + 1;
        AddAfter(key, RetryDelay.After(failures));
    }

    /// <summary>Ends a key's back-off: it succeeded, or is given up.</summary>
    public void Forget(TKey key)
    {
        lock (_sync)
            _failures.Remove(key);
    }

    /// <summary>How often the key was added rate-limited since it was last forgotten.</summary>
    public int NumRequeues(TKey key)
    {
        lock (_sync)
            return _failures.GetValueOrDefault(key);
    }

    /// <summary>The next key; call <see cref="Done"/> after working on it. False when the queue is shut down and empty.</summary>
    public async ValueTask<(bool Taken, TKey Key)> TakeAsync(CancellationToken cancellation)
    {
        while (await _ready.Reader.WaitToReadAsync(cancellation))
        {
            if (!_ready.Reader.TryRead(out var key))
                continue;
            lock (_sync)
            {
                _processing.Add(key);
                _dirty.Remove(key);
            }

            return (true, key);
        }

        return (false, default!);
    }

    /// <summary>The work on a key ended; it comes again when it was added meanwhile.</summary>
    public void Done(TKey key)
    {
        lock (_sync)
        {
            _processing.Remove(key);
            if (_dirty.Contains(key))
                _ready.Writer.TryWrite(key);
            if (_shutDown && _processing.Count == 0)
                _ready.Writer.TryComplete();
        }
    }

    /// <summary>Takes no more keys; what waits is still handed out, delayed keys are dropped.</summary>
    public void ShutDown()
    {
        lock (_sync)
        {
            _shutDown = true;
            if (_processing.Count == 0)
                _ready.Writer.TryComplete();
        }

        _delayed.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => ShutDown();
}
