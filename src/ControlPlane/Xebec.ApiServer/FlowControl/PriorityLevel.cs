using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.FlowControl;

/// <summary>
/// A priority level at work: its seats, who holds them and who waits for them. Its lock is held for some hundred nanoseconds at a time;
/// a request that need not wait allocates nothing.
/// </summary>
internal sealed class PriorityLevel(string name, TimeProvider time, FlowMetrics metrics)
{
    private readonly Lock _lock = new();
    private readonly FairQueues _queues = new();
    private readonly double _secondsPerTick = 1.0 / time.TimestampFrequency;
    private SeatDemand _demand;
    private FlowTotals _totals;
    private long _now = time.GetTimestamp();
    private int _seatsInUse;
    private int _executing;
    private int _current;
    private double _smoothed;

    public string Name { get; } = name;

    /// <summary>What became of its requests; read while inspecting.</summary>
    public FlowTotals Totals => _totals;

    public FlowLevelSeries Metrics { get; } = metrics.Level(name);

    public PriorityLevelSettings Settings { get; private set; } = new() { Name = name };

    /// <summary>What it has by its shares, and its bounds.</summary>
    public SeatLimits Limits { get; private set; }

    /// <summary>The seats it may use now.</summary>
    public int CurrentLimit => Volatile.Read(ref _current);

    /// <summary>The most seats one of its requests is estimated at: 15% of its nominal limit.</summary>
    public int MaximumWidth { get; private set; } = 1;

    /// <summary>Takes over settings and limits.</summary>
    public void Configure(PriorityLevelSettings settings, SeatLimits limits)
    {
        lock (_lock)
        {
            var unchanged = limits == Limits && Settings.Name.Length > 0 && _current > 0;
            (Settings, Limits) = (settings, limits);
            MaximumWidth = Math.Max(1, (int)Math.Ceiling(limits.Nominal * 0.15));
            _queues.Configure(settings);
            if (!unchanged)
                Volatile.Write(ref _current, limits.Nominal);
            Dispatch(time.GetTimestamp());
        }

        Metrics.Limits(limits, CurrentLimit);
    }

    /// <summary>Seats a request, makes it wait, or rejects it: then the reason is not null.</summary>
    public string? TryBegin(
        ActiveFlowSchema schema, RequestInfo info, UserInfo user, int seats, long now, out FlowQueue? queue, out WaitingRequest? waiting)
    {
        waiting = null;
        queue = null;
        lock (_lock)
        {
            Advance(now);
            if (Settings.IsExempt)
                return Begin(null, seats);
            queue = _queues.Choose(FlowHash(schema, info, user));
            if (_queues.WaitingCount == 0 && Fits(seats))
                return Begin(queue, seats);
            if (queue is null || !_queues.HasRoom(queue))
            {
                _totals.Rejected++;
                return queue is null ? "concurrency-limit" : "queue-full";
            }

            waiting = new WaitingRequest { Schema = schema, Info = info, User = user, Seats = seats, Arrived = now, Queue = queue };
            _queues.Enqueue(waiting);
            schema.Metrics.Waiting.Increment();
            Metrics.LengthAfterEnqueue.Observe(queue.Waiting.Count);
            Dispatch(now);
            return null;
        }
    }

    /// <summary>Takes a request that gave up out of its queue; false when it has been seated already.</summary>
    public bool TryLeave(WaitingRequest request, bool isTimeUp)
    {
        lock (_lock)
        {
            Advance(time.GetTimestamp());
            if (!_queues.Remove(request))
                return false;
            if (isTimeUp)
                _totals.TimedOut++;
            else
                _totals.Cancelled++;
            DemandChanged();
            return true;
        }
    }

    /// <summary>A request ended; its seats go to those who wait.</summary>
    public void End(FlowQueue? queue, WorkEstimate estimate, double seconds, long now)
    {
        lock (_lock)
        {
            Advance(now);
            _seatsInUse -= estimate.Seats;
            _executing--;
            if (queue is not null)
                _queues.End(queue, estimate, seconds);
            DemandChanged();
            if (_queues.WaitingCount > 0)
                Dispatch(now);
        }
    }

    /// <summary>The demand of the period that ends now; another one begins.</summary>
    public (double Highest, double Smoothed) NextPeriod()
    {
        lock (_lock)
        {
            Advance(time.GetTimestamp());
            DemandChanged();
            _smoothed = SeatBorrowing.Smooth(_smoothed, _demand.Average, _demand.Deviation);
            Metrics.Demand(_demand, _smoothed);
            var highest = _demand.Highest;
            _demand.Restart();
            return (highest, _smoothed);
        }
    }

    /// <summary>Sets the seats it may use.</summary>
    public void Adjust(int seats)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            Advance(now);
            Volatile.Write(ref _current, seats);
            Dispatch(now);
        }

        Metrics.Current.Value = seats;
    }

    /// <summary>Looks at it as it is now, for the debug endpoints.</summary>
    public T Inspect<T>(Func<PriorityLevelState, T> look)
    {
        lock (_lock)
            return look(new PriorityLevelState(_queues, _seatsInUse, _executing, CurrentLimit));
    }

    private static ulong FlowHash(ActiveFlowSchema schema, RequestInfo info, UserInfo user)
    {
        var flow = schema.Schema.FlowOf(info, user);
        return flow.Length == 0 ? schema.WholeHash : ShuffleSharding.Hash(schema.Schema.Name, flow);
    }

    // A request that is wider than the whole limit runs alone.
    private bool Fits(int seats) => _seatsInUse == 0 || _seatsInUse + seats <= _current;

    private string? Begin(FlowQueue? queue, int seats)
    {
        _seatsInUse += seats;
        _executing++;
        _totals.Dispatched++;
        if (queue is not null)
            _queues.Begin(queue, seats);
        DemandChanged();
        return null;
    }

    private void Dispatch(long now)
    {
        while (_queues.WaitingCount > 0 && _queues.Next() is { } next)
        {
            if (!Fits(next.Seats))
                break;
            _queues.Remove(next);
            Begin(next.Queue, next.Seats);
            next.Schema.Metrics.Waiting.Decrement();
            next.Schema.Metrics.WaitedThenRan.Observe((now - next.Arrived) * _secondsPerTick);
            next.SetResult();
        }

        DemandChanged();
    }

    private void Advance(long now)
    {
        if (now <= _now)
            return;
        var seconds = (now - _now) * _secondsPerTick;
        _now = now;
        _queues.Advance(seconds, _current);
        _demand.Change(_seatsInUse + _queues.SeatsWaiting, seconds);
    }

    private void DemandChanged() => _demand.Change(_seatsInUse + _queues.SeatsWaiting, 0);
}
