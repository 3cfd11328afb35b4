namespace Xebec.ApiServer.WatchCache;

/// <summary>
/// The watchers of one resource. Signalling walks an array without a lock; joining and leaving copy it. Few watchers are woken by every
/// change; many in rounds, no closer than they can be served, so that one flush of a connection carries all that came meanwhile.
/// </summary>
internal sealed class WakeupList(TimeProvider time)
{
    private const int Few = 16;
    private const double RoundMicrosecondsPerWatcher = 50;
    private static readonly TimeSpan LongestRound = TimeSpan.FromMilliseconds(20);
    private readonly Lock _joining = new();
    private volatile Wakeup[] _members = [];
    private ITimer? _timer;
    private long _lastRound;
    private int _roundIsDue;

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

    /// <summary>Wakes every watcher, now or when the next round is due. Only the feed calls it.</summary>
    public void SignalAll()
    {
        if (Count > Few && Remaining() is { } remaining && remaining > TimeSpan.Zero)
            Schedule(remaining);
        else
            SignalNow();
    }

    /// <summary>The shortest time between two rounds of this many watchers.</summary>
    internal static TimeSpan RoundOf(int watchers)
    {
        var round = TimeSpan.FromMicroseconds(RoundMicrosecondsPerWatcher * watchers);
        return round < LongestRound ? round : LongestRound;
    }

    private TimeSpan Remaining() => RoundOf(Count) - time.GetElapsedTime(Volatile.Read(ref _lastRound));

    // A round that is due covers every change up to when it begins.
    private void Schedule(TimeSpan remaining)
    {
        if (Interlocked.Exchange(ref _roundIsDue, 1) != 0)
            return;
        _timer ??= time.CreateTimer(static list => ((WakeupList)list!).SignalNow(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(remaining, Timeout.InfiniteTimeSpan);
    }

    private void SignalNow()
    {
        Volatile.Write(ref _lastRound, time.GetTimestamp());
        Interlocked.Exchange(ref _roundIsDue, 0);
        foreach (var member in _members)
            member.Signal();
    }
}
