namespace Xebec.Kubelet.PodWorkers;

/// <summary>Doubling waits by key, forgotten after twice the longest wait without a failure. Safe for concurrent use.</summary>
internal sealed class BackOff(TimeSpan initial, TimeSpan longest)
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>The wait that is left at <paramref name="now"/> for something that failed at <paramref name="failedAt"/>.</summary>
    public TimeSpan Remaining(string key, DateTimeOffset failedAt, DateTimeOffset now)
    {
        lock (_entries)
        {
            if (!_entries.TryGetValue(key, out var entry) || IsExpired(entry, failedAt))
                return TimeSpan.Zero;
            var left = failedAt + entry.Wait - now;
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>The wait a key has now; zero when it has none.</summary>
    public TimeSpan Current(string key)
    {
        lock (_entries)
            return _entries.TryGetValue(key, out var entry) ? entry.Wait : TimeSpan.Zero;
    }

    /// <summary>Lengthens the wait for the next failure.</summary>
    public void Next(string key, DateTimeOffset failedAt, DateTimeOffset now)
    {
        lock (_entries)
        {
            var wait = _entries.TryGetValue(key, out var entry) && !IsExpired(entry, failedAt)
                ? TimeSpan.FromTicks(Math.Min(entry.Wait.Ticks * 2, longest.Ticks))
                : initial;
            _entries[key] = new Entry(wait, now);
        }
    }

    /// <summary>Forgets the keys that start with a prefix.</summary>
    public void Forget(string prefix)
    {
        lock (_entries)
        {
            foreach (var key in _entries.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).ToList())
                _entries.Remove(key);
        }
    }

    private bool IsExpired(Entry entry, DateTimeOffset failedAt) => failedAt - entry.LastUpdate > longest * 2;

    private readonly record struct Entry(TimeSpan Wait, DateTimeOffset LastUpdate);
}
