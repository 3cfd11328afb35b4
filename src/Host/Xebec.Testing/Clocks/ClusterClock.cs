namespace Xebec.Testing.Clocks;

/// <summary>
/// A cluster's clock: it runs as the machine's does, and tests move it ahead. Everything in the cluster goes by it: leases, deadlines,
/// back-offs, tokens' expiry, time stamps. Only certificates and a test's own patience go by the machine's clock.
/// </summary>
public sealed class ClusterClock : TimeProvider
{
    private static readonly TimeSpan SmallestStep = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestAlarm = TimeSpan.FromDays(40);
    private readonly Lock _lock = new();
    private readonly SortedSet<ClockTimer> _timers = new(Comparer<ClockTimer>.Create(
        static (a, b) => a.DueTicks != b.DueTicks ? a.DueTicks.CompareTo(b.DueTicks) : a.Number.CompareTo(b.Number)));
    private readonly TimeProvider _machine;
    private readonly ITimer _alarm;
    private readonly DateTimeOffset _start;
    private readonly long _startTimestamp;
    private readonly Func<CancellationToken, Task> _settle;
    private long _aheadTicks;
    private long _lastNumber;
    private bool _isStopped;

    /// <param name="start">The time it shows at first, UTC.</param>
    /// <param name="machine">The clock it runs with; one that stands still makes a clock that only tests move.</param>
    /// <param name="settle">Lets the cluster catch up between the steps of <see cref="AdvanceAsync"/>.</param>
    internal ClusterClock(DateTimeOffset start, TimeProvider machine, Func<CancellationToken, Task> settle)
    {
        (_start, _machine, _settle) = (start, machine, settle);
        _startTimestamp = machine.GetTimestamp();
        _alarm = machine.CreateTimer(_ => FireDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => ElapsedTicks;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _start.AddTicks(ElapsedTicks);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ClockTimer(this, Interlocked.Increment(ref _lastNumber), callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>
    /// Moves time ahead in steps, from timer to timer, and lets the cluster catch up after each: heartbeats go on, retries happen, as
    /// if that time had passed.
    /// </summary>
    public async Task AdvanceAsync(TimeSpan by, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var end = ElapsedTicks + by.Ticks;
        do
        {
            JumpTo(NextStop(end));
            await _settle(cancellationToken);
        }
        while (ElapsedTicks < end);
    }

    /// <summary>Moves time ahead at once, as for a machine that slept: whoever should have acted in between is late.</summary>
    public void Jump(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        JumpTo(ElapsedTicks + by.Ticks);
    }

    private long ElapsedTicks => Volatile.Read(ref _aheadTicks) + _machine.GetElapsedTime(_startTimestamp).Ticks;

    /// <summary>Plans a timer's next call, in place of the one planned before; null plans none.</summary>
    internal void Plan(ClockTimer timer, TimeSpan? dueTime)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
            if (dueTime is not { } wait || _isStopped)
                return;
            timer.DueTicks = ElapsedTicks + wait.Ticks;
            _timers.Add(timer);
            if (_timers.Min == timer)
                SetAlarm();
        }
    }

    /// <summary>Ends the clock: no timer fires any more.</summary>
    internal void Stop()
    {
        lock (_lock)
        {
            _isStopped = true;
            _timers.Clear();
            _alarm.Dispose();
        }
    }

    private void JumpTo(long elapsedTicks)
    {
        lock (_lock)
        {
            Volatile.Write(ref _aheadTicks, _aheadTicks + Math.Max(0, elapsedTicks - ElapsedTicks));
            FireDue();
        }
    }

    private long NextStop(long end)
    {
        lock (_lock)
            return _timers.Min is { } first ? Math.Min(end, Math.Max(first.DueTicks, ElapsedTicks + SmallestStep.Ticks)) : end;
    }

    private void FireDue()
    {
        lock (_lock)
        {
            while (!_isStopped && _timers.Min is { } timer && timer.DueTicks <= ElapsedTicks)
            {
                _timers.Remove(timer);
                timer.Fire();
            }

            SetAlarm();
        }
    }

    private void SetAlarm()
    {
        if (_timers.Min is { } first)
            _alarm.Change(TimeSpan.FromTicks(Math.Clamp(first.DueTicks - ElapsedTicks, 0, LongestAlarm.Ticks)), Timeout.InfiniteTimeSpan);
    }
}
