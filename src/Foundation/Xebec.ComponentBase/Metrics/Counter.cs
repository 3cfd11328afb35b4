namespace Xebec.ComponentBase.Metrics;

/// <summary>A value that only grows. Adding takes no lock.</summary>
public sealed class Counter : IMetricSeries
{
    private long _whole;
    private AtomicDouble _fraction;

    /// <summary>The present value.</summary>
    public double Value => Volatile.Read(ref _whole) + _fraction.Value;

    /// <summary>Adds one.</summary>
    public void Increment() => Interlocked.Increment(ref _whole);

    /// <summary>Adds an amount that is not negative, such as seconds.</summary>
    public void Add(double amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        _fraction.Add(amount);
    }

    void IMetricSeries.Write(SeriesWriter writer) => writer.Sample("", Value);
}
