namespace Xebec.ComponentBase.Metrics;

/// <summary>One series of a metric family: writes its samples in the Prometheus text format.</summary>
public interface IMetricSeries
{
    internal void Write(SeriesWriter writer);
}
