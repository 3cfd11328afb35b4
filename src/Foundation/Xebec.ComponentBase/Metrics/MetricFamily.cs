using System.Buffers;
using System.Collections.Concurrent;

namespace Xebec.ComponentBase.Metrics;

/// <summary>A metric with labels: one series for each combination of label values that was used. Reads take no lock.</summary>
/// <typeparam name="TSeries">Counter, Gauge or Histogram.</typeparam>
public sealed class MetricFamily<TSeries> : Metric
    where TSeries : class, IMetricSeries
{
    private readonly ConcurrentDictionary<LabelValues, TSeries> _series = new();
    private readonly Func<TSeries> _create;

    internal MetricFamily(string name, string help, string type, string[] labelNames, Func<TSeries> create)
        : base(name, help, type, labelNames)
    {
        _create = create;
        if (labelNames.Length == 0) _series[new LabelValues()] = create();
    }

    /// <summary>The series of these label values, in the order of the label names; keep it where the values are fixed.</summary>
    /// <exception cref="ArgumentException">The number of values is not the number of label names.</exception>
    public TSeries WithLabels(params ReadOnlySpan<string> values)
    {
        if (values.Length != LabelNames.Length)
            throw new ArgumentException($"metric {Name} has {LabelNames.Length} labels, not {values.Length}", nameof(values));
        var key = new LabelValues(values);
        return _series.TryGetValue(key, out var series) ? series : _series.GetOrAdd(key, static (_, create) => create(), _create);
    }

    /// <summary>Forgets one series, so that it is no longer exposed (a deleted object's, for instance).</summary>
    public bool Remove(params ReadOnlySpan<string> values) => _series.TryRemove(new LabelValues(values), out _);

    internal override void WriteSeries(IBufferWriter<byte> output)
    {
        foreach (var (values, series) in _series.OrderBy(pair => pair.Key))
            series.Write(new SeriesWriter(output, Name, LabelNames, values));
    }
}
