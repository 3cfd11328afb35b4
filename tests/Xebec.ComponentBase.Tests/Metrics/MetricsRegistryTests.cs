using System.Buffers;
using System.Text;
using Xebec.ComponentBase.Metrics;

namespace Xebec.ComponentBase.Tests.Metrics;

public sealed class MetricsRegistryTests
{
    [Fact]
    public void TextFormatIsPrometheus()
    {
        var registry = new MetricsRegistry();
        var requests = registry.CounterFamily("apiserver_request_total", "[STABLE] Requests.\nMore.", "verb", "code");
        requests.WithLabels("LIST", "200").Increment();
        requests.WithLabels("GET", "a\"b\\c\nd").Add(1.5);
        registry.Gauge("depth", "Depth.").Value = 1e21;
        var duration = registry.Histogram("duration_seconds", "Time.", [0.1, 1]);
        duration.Observe(0.1);
        duration.Observe(0.5);
        duration.Observe(7);

        Assert.Equal(
            """
            # HELP apiserver_request_total [STABLE] Requests.\nMore.
            # TYPE apiserver_request_total counter
            apiserver_request_total{verb="GET",code="a\"b\\c\nd"} 1.5
            apiserver_request_total{verb="LIST",code="200"} 1
            # HELP depth Depth.
            # TYPE depth gauge
            depth 1e+21
            # HELP duration_seconds Time.
            # TYPE duration_seconds histogram
            duration_seconds_bucket{le="0.1"} 1
            duration_seconds_bucket{le="1"} 2
            duration_seconds_bucket{le="+Inf"} 3
            duration_seconds_sum 7.6
            duration_seconds_count 3

            """,
            Text(registry));
    }

    [Fact]
    public void ParallelIncrementsAreAllCounted()
    {
        var registry = new MetricsRegistry();
        var family = registry.CounterFamily("c", "C.", "l");
        var gauge = registry.Gauge("g", "G.");
        Parallel.For(0, 20_000, i =>
        {
            family.WithLabels("abc"[i % 3].ToString()).Increment();
            gauge.Add(0.5);
        });

        Assert.Equal(20_000, new[] { "a", "b", "c" }.Sum(label => family.WithLabels(label).Value));
        Assert.Equal(10_000, gauge.Value);
    }

    [Fact]
    public void SameNameIsTheSameMetricAndAnotherTypeIsRefused()
    {
        var registry = new MetricsRegistry();

        Assert.Same(registry.Counter("a", "A."), registry.Counter("a", "A."));
        Assert.Throws<InvalidOperationException>(() => registry.Gauge("a", "A."));
        Assert.Throws<ArgumentException>(() => registry.CounterFamily("b", "B.", "x").WithLabels("1", "2"));
    }

    [Fact]
    public void RemovedSeriesIsGone()
    {
        var registry = new MetricsRegistry();
        var family = registry.GaugeFamily("g", "G.", "a", "b", "c", "d", "e");
        family.WithLabels("1", "2", "3", "4", "5").Value = 1;
        family.WithLabels("1", "2", "3", "4", "6").Value = 2;

        Assert.True(family.Remove("1", "2", "3", "4", "5"));
        Assert.Equal("""g{a="1",b="2",c="3",d="4",e="6"} 2""", Text(registry).Split('\n')[2]);
    }

    [Fact]
    public void ProcessMetricsAreThere()
    {
        var registry = new MetricsRegistry();
        ProcessMetrics.Register(registry);

        foreach (var name in new[] { "cpu_seconds_total", "resident_memory_bytes", "open_fds", "start_time_seconds" })
            Assert.Contains($"\nprocess_{name} ", Text(registry), StringComparison.Ordinal);
    }

    private static string Text(MetricsRegistry registry)
    {
        var output = new ArrayBufferWriter<byte>();
        registry.WriteTo(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
