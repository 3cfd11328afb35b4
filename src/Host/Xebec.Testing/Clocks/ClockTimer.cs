namespace Xebec.Testing.Clocks;

/// <summary>One timer of a <see cref="ClusterClock"/>; calls back on the thread pool, as the machine's timers do.</summary>
internal sealed class ClockTimer(ClusterClock clock, long number, TimerCallback callback, object? state) : ITimer
{
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private volatile bool _isDisposed;

    /// <summary>Tells timers apart that are due at the same moment.</summary>
    public long Number => number;

    /// <summary>When it fires next, in the clock's elapsed ticks; only the clock sets it, while it is not planned.</summary>
    public long DueTicks { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_isDisposed)
            return false;
        _period = period;
        clock.Plan(this, dueTime < TimeSpan.Zero ? null : dueTime);
        return true;
    }

    /// <summary>Calls back and, when it is periodic, waits for the next period; the clock calls this, one timer at a time.</summary>
    public void Fire()
    {
        ThreadPool.UnsafeQueueUserWorkItem(static timer => timer.CallBack(), this, preferLocal: false);
        if (_period > TimeSpan.Zero)
            clock.Plan(this, _period);
    }

    public void Dispose()
    {
        _isDisposed = true;
        clock.Plan(this, null);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void CallBack()
    {
        if (!_isDisposed)
            callback(state);
    }
}
