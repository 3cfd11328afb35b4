namespace Xebec.ComponentBase.Metrics;

/// <summary>Counts observations in buckets of fixed upper bounds. Observing takes no lock.</summary>
public sealed class Histogram : IMetricSeries
{
    private readonly double[] _upperBounds;
    private readonly long[] _counts;
    private AtomicDouble _sum;

    internal Histogram(double[] upperBounds)
    {
        _upperBounds = upperBounds;
        _counts = new long[upperBounds.Length + 1];
    }

    /// <summary>Number of observations.</summary>
    public long Count => _counts.Sum();

    /// <summary>Sum of all observations.</summary>
    public double Sum => _sum.Value;

    /// <summary>Counts one observation, in the metric's unit (seconds, bytes).</summary>
    public void Observe(double value)
    {
        var index = Array.BinarySearch(_upperBounds, value);
        Interlocked.Increment(ref _counts[index < 0 ? ~index : index]);
        _sum.Add(value);
    }

    void IMetricSeries.Write(SeriesWriter writer)
    {
        var cumulative = 0L;
        for (var i = 0; i < _upperBounds.Length; i++)
            writer.Bucket(_upperBounds[i], cumulative += Volatile.Read(ref _counts[i]));
        cumulative += Volatile.Read(ref _counts[^1]);
        writer.Bucket(double.PositiveInfinity, cumulative);
        writer.Sample("_sum", _sum.Value);
        writer.Sample("_count", cumulative);
    }
}
