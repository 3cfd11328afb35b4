using System.Diagnostics;

namespace Xebec.ComponentBase.Metrics;

/// <summary>The metrics that every Prometheus client library gives of its own process.</summary>
public static class ProcessMetrics
{
    /// <summary>Adds process_cpu_seconds_total, process_resident_memory_bytes, process_open_fds, process_start_time_seconds.</summary>
    public static void Register(MetricsRegistry registry)
    {
        registry.Gauge("process_start_time_seconds", "Start time of the process since unix epoch in seconds.", StartTimeSeconds);
        registry.Gauge(
            "process_cpu_seconds_total", "Total user and system CPU time spent in seconds.",
            () => Environment.CpuUsage.TotalTime.TotalSeconds);
        registry.Gauge("process_resident_memory_bytes", "Resident memory size in bytes.", () => Environment.WorkingSet);
        registry.Gauge(
            "process_open_fds", "Number of open file descriptors.", () => Directory.EnumerateFileSystemEntries("/proc/self/fd").Count());
    }

    // Asked for with the first scrape: the library that knows it is large, and few servers are scraped.
    private static double StartTimeSeconds()
    {
        using var self = Process.GetCurrentProcess();
        return (self.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds;
    }
}
