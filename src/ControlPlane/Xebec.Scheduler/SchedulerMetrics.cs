using Xebec.ComponentBase.Metrics;
using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Queue;

namespace Xebec.Scheduler;

/// <summary>Upstream's scheduler_ metrics; recording into no registry does nothing.</summary>
internal sealed class SchedulerMetrics
{
    private static readonly double[] AttemptSeconds = Exponential(0.001, 15);
    private static readonly double[] SliSeconds = Exponential(0.01, 20);
    private readonly MetricFamily<Counter>? _attempts;
    private readonly MetricFamily<Histogram>? _attemptDuration;
    private readonly MetricFamily<Histogram>? _sliDuration;
    private readonly Histogram? _algorithm;
    private readonly Histogram? _podAttempts;
    private readonly Counter? _preemptions;
    private readonly Histogram? _victims;
    private readonly MetricFamily<Gauge>? _pending;
    private readonly MetricFamily<Gauge>? _cacheSize;
    private readonly string _profile;
    private readonly SchedulingQueue _queue;
    private readonly SchedulerCache _cache;

    public SchedulerMetrics(MetricsRegistry? registry, string profile, SchedulingQueue queue, SchedulerCache cache)
    {
        (_profile, _queue, _cache) = (profile, queue, cache);
        if (registry is null)
            return;
        _attempts = registry.CounterFamily(
            "scheduler_schedule_attempts_total",
            "Number of attempts to schedule pods, by the result. " +
            "'unschedulable' means a pod could not be scheduled, while 'error' means an internal scheduler problem.",
            "profile", "result");
        _attemptDuration = registry.HistogramFamily(
            "scheduler_scheduling_attempt_duration_seconds", "Scheduling attempt latency in seconds (scheduling algorithm + binding)",
            AttemptSeconds, "profile", "result");
        _sliDuration = registry.HistogramFamily(
            "scheduler_pod_scheduling_sli_duration_seconds",
            "E2e latency for a pod being scheduled, from the time the pod enters the scheduling queue " +
            "and might involve multiple scheduling attempts.",
            SliSeconds, "attempts");
        _algorithm = registry.Histogram("scheduler_scheduling_algorithm_duration_seconds", "Scheduling algorithm latency in seconds", AttemptSeconds);
        _podAttempts = registry.Histogram("scheduler_pod_scheduling_attempts", "Number of attempts to successfully schedule a pod.", [1, 2, 4, 8, 16]);
        _preemptions = registry.Counter("scheduler_preemption_attempts_total", "Total preemption attempts in the cluster till now");
        _victims = registry.Histogram("scheduler_preemption_victims", "Number of selected preemption victims", [1, 2, 4, 8, 16, 32, 64]);
        _pending = registry.GaugeFamily("scheduler_pending_pods", "Number of pending pods, by the queue type.", "queue");
        _cacheSize = registry.GaugeFamily("scheduler_cache_size", "Number of nodes, pods, and assumed (bound) pods in the scheduler cache.", "type");
    }

    public void Scheduled(double attemptSeconds, double sliSeconds, int attempts)
    {
        Attempt("scheduled", attemptSeconds);
        _sliDuration?.WithLabels(attempts >= 15 ? "15+" : attempts.ToString(System.Globalization.CultureInfo.InvariantCulture)).Observe(sliSeconds);
        _podAttempts?.Observe(attempts);
    }

    public void Attempt(string result, double seconds)
    {
        _attempts?.WithLabels(_profile, result).Increment();
        _attemptDuration?.WithLabels(_profile, result).Observe(seconds);
        ShowSizes();
    }

    public void Decided(double seconds) => _algorithm?.Observe(seconds);

    public void Preempted(int victims)
    {
        _preemptions?.Increment();
        _victims?.Observe(victims);
    }

    private void ShowSizes()
    {
        if (_pending is null || _cacheSize is null)
            return;
        _pending.WithLabels("active").Value = _queue.CountOf(QueueState.Active);
        _pending.WithLabels("backoff").Value = _queue.CountOf(QueueState.Backoff);
        _pending.WithLabels("unschedulable").Value = _queue.CountOf(QueueState.Unschedulable);
        _pending.WithLabels("gated").Value = _queue.CountOf(QueueState.Gated);
        _cacheSize.WithLabels("nodes").Value = _cache.NodeCount;
        _cacheSize.WithLabels("pods").Value = _cache.PodCount;
    }

    private static double[] Exponential(double first, int count) => [.. Enumerable.Range(0, count).Select(i => first * Math.Pow(2, i))];
}
