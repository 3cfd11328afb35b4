namespace Xebec.Client.Queues;

/// <summary>Holds keys until their time comes, with one timer for all; idle it costs nothing.</summary>
internal sealed class DelayQueue<TKey> : IDisposable
    where TKey : notnull
{
    private readonly Lock _sync = new();
    private readonly TimeProvider _time;
    private readonly Action<TKey> _release;
    private readonly PriorityQueue<TKey, long> _waiting = new();
    private readonly Dictionary<TKey, long> _due = [];
    private readonly ITimer _timer;
    private bool _disposed;

    public DelayQueue(TimeProvider time, Action<TKey> release)
    {
        _time = time;
        _release = release;
        _timer = time.CreateTimer(
            static state => ((DelayQueue<TKey>)state!).Release(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(TKey key, TimeSpan delay)
    {
        var due = _time.GetTimestamp() + (long)(delay.TotalSeconds * _time.TimestampFrequency);
        lock (_sync)
        {
            if (_disposed || (_due.TryGetValue(key, out var earlier) && earlier <= due))
                return;
            _due[key] = due;
            _waiting.Enqueue(key, due);
            if (_waiting.Peek().Equals(key))
                SetTimer();
        }
    }

    public void Dispose()
    {
        lock (_sync)
        {
            _disposed = true;
            _waiting.Clear();
            _due.Clear();
        }

        _timer.Dispose();
    }

    private void Release()
    {
        var ready = new List<TKey>();
        lock (_sync)
        {
            if (_disposed)
                return;
            var now = _time.GetTimestamp();
            while (_waiting.TryPeek(out var key, out var due) && due <= now)
            {
                _waiting.Dequeue();
                if (_due.TryGetValue(key, out var current) && current == due && _due.Remove(key))
                    ready.Add(key);
            }

            SetTimer();
        }

        ready.ForEach(_release);
    }

    private void SetTimer()
    {
        if (!_waiting.TryPeek(out _, out var due))
            return;
        var wait = _time.GetElapsedTime(_time.GetTimestamp(), due);
        var whole = TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(wait.TotalMilliseconds, 0)));
        _timer.Change(whole, Timeout.InfiniteTimeSpan);
    }
}
