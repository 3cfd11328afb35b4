using Microsoft.Extensions.Logging;
using Xebec.Client;
using Xebec.Client.Events;
using Xebec.Client.Informers;
using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Cycle;
using Xebec.Scheduler.Framework;
using Xebec.Scheduler.Plugins;
using Xebec.Scheduler.Queue;

namespace Xebec.Scheduler;

/// <summary>Gives every pod without a node the best one. All it knows it lists again after a restart.</summary>
public sealed class KubeScheduler(
    ApiClient client, InformerFactory informers, TimeProvider time, ILoggerFactory loggers, KubeSchedulerOptions? options = null)
{
    private readonly KubeSchedulerOptions _options = options ?? new();
    private readonly ILogger _logger = loggers.CreateLogger("Xebec.Scheduler");

    /// <summary>The plugins, by upstream's names, in their order.</summary>
    public static IReadOnlyList<string> PluginNames => [.. PluginTable.Default.Select(p => p.Name)];

    /// <summary>Schedules until cancelled. Starts the informers it needs; to be called once.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var profile = new Profile(PluginTable.Default, client);
        var cache = new SchedulerCache();
        using var queue = new SchedulingQueue(profile, time);
        await using var events = new EventRecorder(client, _options.SchedulerName, "", time, _logger);
        var metrics = new SchedulerMetrics(_options.Metrics, _options.SchedulerName, queue, cache);
        var status = new PodStatusWriter(client, time, _logger);
        var sources = new ClusterSources(informers);
        sources.Feed(new EventHandlers(_options.SchedulerName, cache, queue, status));
        informers.Start(cancellation);
        var binder = new BindingCycle(profile.Bind!, cache, queue, events, metrics, status, time, _logger, _options.Parallelism);
        var preemption = new PreemptionExecutor(client, events, metrics, _options.SchedulerName, time, _logger);
        var loop = new SchedulingLoop(
            profile, cache, queue, sources.Objects, binder, preemption, status, events, metrics, time, _logger, _options.Seed);
        try
        {
            await sources.SyncedAsync(cancellation).ConfigureAwait(false);
            SchedulerLog.Started(_logger, _options.SchedulerName, cache.NodeCount);
            await loop.RunAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await binder.StoppedAsync().ConfigureAwait(false);
        }
    }
}
