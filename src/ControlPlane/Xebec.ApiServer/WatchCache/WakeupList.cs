namespace Xebec.ApiServer.WatchCache;

/// <summary>The watchers of one resource. Signalling walks an array without a lock; joining and leaving copy it.</summary>
internal sealed class WakeupList
{
    private readonly Lock _joining = new();
    private volatile Wakeup[] _members = [];

    /// <summary>How many watchers there are.</summary>
    public int Count => _members.Length;

    /// <summary>Joins; from now on every change signals.</summary>
    public void Add(Wakeup member)
    {
        lock (_joining)
            _members = [.. _members, member];
    }

    /// <summary>Leaves.</summary>
    public void Remove(Wakeup member)
    {
        lock (_joining)
            _members = Array.FindAll(_members, m => m != member);
    }

    /// <summary>Wakes every watcher.</summary>
    public void SignalAll()
    {
        foreach (var member in _members)
            member.Signal();
    }
}
