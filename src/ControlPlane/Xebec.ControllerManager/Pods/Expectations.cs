using System.Collections.Concurrent;
using Xebec.Client;

namespace Xebec.ControllerManager.Pods;

/// <summary>
/// Creations and deletions that were asked for but that the cache does not show yet. While some are missing, a controller must
/// not count pods, or it would create or delete twice. Forgotten after five minutes, in case an event never comes.
/// </summary>
internal sealed class Expectations(TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<NamespacedName, Expected> _expected = new();

    public void ExpectCreations(NamespacedName owner, int count) => Change(owner, e => e.Creations += count);

    public void ExpectDeletions(NamespacedName owner, IEnumerable<string> podUids) => Change(owner, e => e.Deletions.UnionWith(podUids));

    public void CreationObserved(NamespacedName owner)
    {
        if (_expected.TryGetValue(owner, out var expected))
        {
            lock (expected)
                expected.Creations--;
        }
    }

    public void DeletionObserved(NamespacedName owner, string podUid)
    {
        if (_expected.TryGetValue(owner, out var expected))
        {
            lock (expected)
                expected.Deletions.Remove(podUid);
        }
    }

    public void Forget(NamespacedName owner) => _expected.TryRemove(owner, out _);

    public bool AreMet(NamespacedName owner)
    {
        if (!_expected.TryGetValue(owner, out var expected))
            return true;
        lock (expected)
            return (expected.Creations <= 0 && expected.Deletions.Count == 0) || time.GetElapsedTime(expected.Since) > Longest;
    }

    private void Change(NamespacedName owner, Action<Expected> change)
    {
        var expected = _expected.GetOrAdd(owner, static _ => new Expected());
        lock (expected)
        {
            if (expected.Creations <= 0 && expected.Deletions.Count == 0)
                (expected.Creations, expected.Since) = (0, time.GetTimestamp());
            change(expected);
        }
    }

    private sealed class Expected
    {
        public int Creations { get; set; }

        public HashSet<string> Deletions { get; } = [];

        public long Since { get; set; }
    }
}
