namespace Xebec.ApiServer.FlowControl;

/// <summary>Moves seats between the priority levels every ten seconds, by what they wanted since the last time.</summary>
internal sealed class SeatAdjustment(FlowController controller, FlowMetrics metrics, TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    /// <summary>Adjusts until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                Adjust(controller.Configuration.Levels);
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    /// <summary>Adjusts once.</summary>
    internal void Adjust(IReadOnlyList<PriorityLevel> levels)
    {
        var bounds = new (double Lower, double Upper, double Target)[levels.Count];
        for (var i = 0; i < levels.Count; i++)
        {
            var (highest, smoothed) = levels[i].NextPeriod();
            var lower = SeatBorrowing.Floor(levels[i].Limits, highest);
            bounds[i] = (lower, Math.Max(lower, levels[i].Limits.Upper), Math.Max(lower, smoothed));
            levels[i].Metrics.Target.Value = bounds[i].Target;
        }

        var seats = new double[levels.Count];
        metrics.FairFraction.Value = SeatBorrowing.Divide(controller.ServerSeats, bounds, seats);
        for (var i = 0; i < levels.Count; i++)
            levels[i].Adjust((int)Math.Round(seats[i], MidpointRounding.AwayFromZero));
    }
}
