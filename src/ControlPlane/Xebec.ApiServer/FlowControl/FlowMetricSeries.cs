using Xebec.ComponentBase.Metrics;

namespace Xebec.ApiServer.FlowControl;

/// <summary>The series of metrics of one FlowSchema, looked up once.</summary>
internal sealed record FlowMetricSeries
{
    public required Counter Dispatched { get; init; }

    public required Gauge Waiting { get; init; }

    public required Gauge Executing { get; init; }

    public required Gauge ExecutingSeats { get; init; }

    public required Histogram WaitedThenRan { get; init; }

    public required Histogram WaitedInVain { get; init; }

    public required Histogram Executed { get; init; }

    public required Histogram ExecutedWatch { get; init; }

    /// <summary>Counts a rejection by its reason: queue-full, concurrency-limit, time-out, cancelled.</summary>
    public required Action<string> Reject { get; init; }
}
