using Xebec.ComponentBase.Metrics;

namespace Xebec.ApiServer.FlowControl;

/// <summary>The metrics of priority and fairness, by upstream's names.</summary>
internal sealed class FlowMetrics(MetricsRegistry registry)
{
    private const string Prefix = "apiserver_flowcontrol_";
    private static readonly double[] SecondsBounds = [0, 0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30];
    private static readonly double[] LengthBounds = [0, 10, 25, 50, 100, 250, 500, 1000];

    private readonly MetricFamily<Counter> _rejected = registry.CounterFamily(
        Prefix + "rejected_requests_total", "Number of requests rejected by API Priority and Fairness subsystem", "priority_level", "flow_schema", "reason");

    private readonly MetricFamily<Counter> _dispatched = registry.CounterFamily(
        Prefix + "dispatched_requests_total", "Number of requests executed by API Priority and Fairness subsystem", "priority_level", "flow_schema");

    private readonly MetricFamily<Gauge> _waiting = registry.GaugeFamily(
        Prefix + "current_inqueue_requests", "Number of requests currently pending in queues of the API Priority and Fairness subsystem",
        "priority_level", "flow_schema");

    private readonly MetricFamily<Gauge> _executing = registry.GaugeFamily(
        Prefix + "current_executing_requests",
        "Number of requests in initial (for a WATCH) or any (for a non-WATCH) execution stage in the API Priority and Fairness subsystem",
        "priority_level", "flow_schema");

    private readonly MetricFamily<Gauge> _executingSeats = registry.GaugeFamily(
        Prefix + "current_executing_seats", "Concurrency (number of seats) occupied by the currently executing requests", "priority_level", "flow_schema");

    private readonly MetricFamily<Histogram> _waited = registry.HistogramFamily(
        Prefix + "request_wait_duration_seconds", "Length of time a request spent waiting in its queue", SecondsBounds,
        "priority_level", "flow_schema", "execute");

    private readonly MetricFamily<Histogram> _executed = registry.HistogramFamily(
        Prefix + "request_execution_seconds", "Duration of initial stage (for a WATCH) or any (for a non-WATCH) stage of request execution",
        SecondsBounds, "priority_level", "flow_schema", "type");

    private readonly MetricFamily<Histogram> _length = registry.HistogramFamily(
        Prefix + "request_queue_length_after_enqueue",
        "Length of queue in the API Priority and Fairness subsystem, as seen by each request after it is enqueued",
        LengthBounds, "priority_level");

    /// <summary>The series of a schema and the level it leads to.</summary>
    public FlowMetricSeries Schema(string level, string schema) => new()
    {
        Dispatched = _dispatched.WithLabels(level, schema),
        Waiting = _waiting.WithLabels(level, schema),
        Executing = _executing.WithLabels(level, schema),
        ExecutingSeats = _executingSeats.WithLabels(level, schema),
        WaitedThenRan = _waited.WithLabels(level, schema, "true"),
        WaitedInVain = _waited.WithLabels(level, schema, "false"),
        Executed = _executed.WithLabels(level, schema, "regular"),
        ExecutedWatch = _executed.WithLabels(level, schema, "watch"),
        Reject = reason => _rejected.WithLabels(level, schema, reason).Increment(),
    };

    /// <summary>The series of a level.</summary>
    public FlowLevelSeries Level(string level) => new()
    {
        LengthAfterEnqueue = _length.WithLabels(level),
        Nominal = Gauge("nominal_limit_seats", "Nominal number of execution seats configured for each priority level", level),
        Lower = Gauge("lower_limit_seats", "Configured lower bound on number of execution seats available to each priority level", level),
        Upper = Gauge("upper_limit_seats", "Configured upper bound on number of execution seats available to each priority level", level),
        Current = Gauge("current_limit_seats", "current derived number of execution seats available to each priority level", level),
        Highest = Gauge("demand_seats_high_watermark", "High watermark, over last adjustment period, of demand_seats", level),
        Average = Gauge("demand_seats_average", "Time-weighted average, over last adjustment period, of demand_seats", level),
        Deviation = Gauge("demand_seats_stdev", "Time-weighted standard deviation, over last adjustment period, of demand_seats", level),
        Smoothed = Gauge("demand_seats_smoothed", "Smoothed seat demands", level),
        Target = Gauge("target_seats", "Seat allocation targets", level),
    };

    /// <summary>The factor of the last adjustment.</summary>
    public Gauge FairFraction { get; } = registry.Gauge(
        Prefix + "seat_fair_frac", "Fair fraction of server's concurrency to allocate to each priority level that can use it");

    private Gauge Gauge(string name, string help, string level) => registry.GaugeFamily(Prefix + name, help, "priority_level").WithLabels(level);
}
