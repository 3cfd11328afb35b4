namespace Xebec.ComponentBase.Metrics;

/// <summary>A value that rises and falls, or is asked for at each scrape. Changing it takes no lock.</summary>
public sealed class Gauge : IMetricSeries
{
    private readonly Func<double>? _read;
    private AtomicDouble _value;

    internal Gauge(Func<double>? read = null) => _read = read;

    /// <summary>The present value; setting it has no effect on a gauge that asks a callback.</summary>
    public double Value { get => _read?.Invoke() ?? _value.Value; set => _value.Value = value; }

    /// <summary>Adds one.</summary>
    public void Increment() => _value.Add(1);

    /// <summary>Takes one away.</summary>
    public void Decrement() => _value.Add(-1);

    /// <summary>Adds an amount, which may be negative.</summary>
    public void Add(double amount) => _value.Add(amount);

    void IMetricSeries.Write(SeriesWriter writer) => writer.Sample("", Value);
}
