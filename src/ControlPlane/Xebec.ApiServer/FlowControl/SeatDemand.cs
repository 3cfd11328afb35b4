namespace Xebec.ApiServer.FlowControl;

/// <summary>How many seats were wanted over a period: their highest, mean and standard deviation over time. Changed under its owner's lock.</summary>
internal struct SeatDemand
{
    private double _sum, _sumOfSquares, _seconds;
    private long _current;

    /// <summary>The most seats wanted at once in the period.</summary>
    public long Highest { get; private set; }

    /// <summary>The mean over the period's time.</summary>
    public readonly double Average => _seconds > 0 ? _sum / _seconds : _current;

    /// <summary>The standard deviation over the period's time.</summary>
    public readonly double Deviation =>
        _seconds > 0 ? Math.Sqrt(Math.Max(0, _sumOfSquares / _seconds - Average * Average)) : 0;

    /// <summary>The seats wanted from now on, after so many seconds with those wanted before.</summary>
    public void Change(long seats, double secondsSince)
    {
        _sum += secondsSince * _current;
        _sumOfSquares += secondsSince * _current * _current;
        _seconds += secondsSince;
        _current = seats;
        if (seats > Highest)
            Highest = seats;
    }

    /// <summary>Begins the next period.</summary>
    public void Restart() => (_sum, _sumOfSquares, _seconds, Highest) = (0, 0, 0, _current);
}
