using Xebec.ComponentBase.Metrics;

namespace Xebec.Scheduler;

/// <summary>How the scheduler runs.</summary>
public sealed class KubeSchedulerOptions
{
    /// <summary>Pods with this spec.schedulerName are scheduled; also the source of the events.</summary>
    public string SchedulerName { get; init; } = "default-scheduler";

    /// <summary>How many bindings may be under way at once; from 1 on.</summary>
    public int Parallelism { get; init; } = 128;

    /// <summary>Where the choice among equally good nodes comes from: the same seed and the same events make the same choices.</summary>
    public ulong Seed { get; init; }

    /// <summary>Where the scheduler_ metrics go; null for nowhere.</summary>
    public MetricsRegistry? Metrics { get; init; }
}
