using System.Buffers;
using System.Collections.Concurrent;
using System.Text;

namespace Xebec.ComponentBase.Metrics;

/// <summary>All metrics of one process, exposed in the Prometheus text format at /metrics. Names and labels are upstream's.</summary>
public sealed class MetricsRegistry
{
    /// <summary>The Content-Type of <see cref="WriteTo"/>.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly ConcurrentDictionary<string, Metric> _metrics = new(StringComparer.Ordinal);

    /// <summary>A counter without labels; the same one at each call with the name.</summary>
    public Counter Counter(string name, string help) => CounterFamily(name, help).WithLabels();

    /// <summary>A counter with labels.</summary>
    public MetricFamily<Counter> CounterFamily(string name, string help, params string[] labelNames) =>
        Register(name, () => new MetricFamily<Counter>(name, help, "counter", labelNames, static () => new Counter()));

    /// <summary>A gauge without labels.</summary>
    public Gauge Gauge(string name, string help) => GaugeFamily(name, help).WithLabels();

    /// <summary>A gauge that asks the callback at each scrape.</summary>
    public Gauge Gauge(string name, string help, Func<double> read) =>
        Register(name, () => new MetricFamily<Gauge>(name, help, "gauge", [], () => new Gauge(read))).WithLabels();

    /// <summary>A gauge with labels.</summary>
    public MetricFamily<Gauge> GaugeFamily(string name, string help, params string[] labelNames) =>
        Register(name, () => new MetricFamily<Gauge>(name, help, "gauge", labelNames, static () => new Gauge()));

    /// <summary>A histogram without labels; upper bounds ascend, in the metric's unit, without +Inf.</summary>
    public Histogram Histogram(string name, string help, double[] upperBounds) =>
        HistogramFamily(name, help, upperBounds).WithLabels();

    /// <summary>A histogram with labels.</summary>
    public MetricFamily<Histogram> HistogramFamily(string name, string help, double[] upperBounds, params string[] labelNames) =>
        Register(name, () => new MetricFamily<Histogram>(name, help, "histogram", labelNames, () => new Histogram(upperBounds)));

    /// <summary>Writes every family, in the order of the names.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        foreach (var metric in _metrics.Values.OrderBy(metric => metric.Name, StringComparer.Ordinal))
        {
            Encoding.UTF8.GetBytes($"# HELP {metric.Name} {EscapedHelp(metric.Help)}\n# TYPE {metric.Name} {metric.Type}\n", output);
            metric.WriteSeries(output);
        }
    }

    private static string EscapedHelp(string help) =>
        help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private TFamily Register<TFamily>(string name, Func<TFamily> create)
        where TFamily : Metric =>
        _metrics.GetOrAdd(name, static (_, make) => make(), create) as TFamily
        ?? throw new InvalidOperationException($"metric {name} is registered already with another type");
}
