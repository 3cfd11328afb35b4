using Xebec.ComponentBase.Metrics;

namespace Xebec.ApiServer.FlowControl;

/// <summary>The series of metrics of one priority level, looked up once.</summary>
internal sealed record FlowLevelSeries
{
    public required Histogram LengthAfterEnqueue { get; init; }

    public required Gauge Nominal { get; init; }

    public required Gauge Lower { get; init; }

    public required Gauge Upper { get; init; }

    public required Gauge Current { get; init; }

    public required Gauge Highest { get; init; }

    public required Gauge Average { get; init; }

    public required Gauge Deviation { get; init; }

    public required Gauge Smoothed { get; init; }

    public required Gauge Target { get; init; }

    public void Limits(SeatLimits limits, int current) =>
        (Nominal.Value, Lower.Value, Upper.Value, Current.Value) = (limits.Nominal, limits.Lower, limits.Upper, current);

    public void Demand(SeatDemand demand, double smoothed) =>
        (Highest.Value, Average.Value, Deviation.Value, Smoothed.Value) = (demand.Highest, demand.Average, demand.Deviation, smoothed);
}
