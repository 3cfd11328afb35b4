using Microsoft.Extensions.Logging;
using Xebec.Client;
using Xebec.Client.Events;
using Xebec.Client.Informers;
using Xebec.Kubelet.Containers;
using Xebec.Kubelet.Events;
using Xebec.Kubelet.Eviction;
using Xebec.Kubelet.Images;
using Xebec.Kubelet.Nodes;
using Xebec.Kubelet.Pleg;
using Xebec.Kubelet.PodWorkers;
using Xebec.Kubelet.Probes;
using Xebec.Kubelet.Runtime;
using Xebec.Kubelet.Server;
using Xebec.Kubelet.Status;
using Xebec.Kubelet.Volumes;

namespace Xebec.Kubelet;

/// <summary>
/// The agent of one node: runs the pods that are bound to it on a container runtime and reports how they are. Stopping it stops
/// no pod; the next one adopts what runs.
/// </summary>
public sealed class Kubelet(KubeletOptions options, ApiClient client, IContainerRuntime runtime, TimeProvider time, ILoggerFactory loggers)
{
    private static readonly TimeSpan HousekeepingPeriod = TimeSpan.FromSeconds(30);
    private readonly ILogger _logger = loggers.CreateLogger("Xebec.Kubelet");
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private NodePressure _pressure;

    /// <summary>Done when the node is registered and its pods are known.</summary>
    public Task Started => _started.Task;

    /// <summary>The port its server listens on; 0 before it does.</summary>
    public int Port { get; private set; }

    /// <summary>Runs until cancelled. Pods keep running after it.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var machine = MachineFacts.Read(options);
        var state = new NodeState(options, machine, time.GetUtcNow());
        await using var recorder = new EventRecorder(client, "kubelet", options.NodeName, time, _logger);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var version = await WaitForRuntimeAsync(stop.Token);
        KubeletLog.Started(_logger, options.NodeName, version.RuntimeName, version.Version);
        var services = CreateServices(state, version, new KubeletEvents(recorder, options.NodeName));
        PodWorkerSet workers = null!;
        using var http = ProbeHttp.CreateInvoker();
        var probes = new ProbeManager(
            services.ProbeResults, new Prober(runtime, http, options.NodeIp, time, options.SimulatedProbe), services.Events, time,
            _logger,
            (uid, kind, outcome) => ProbeChanged(workers.Find(uid), kind, outcome));
        workers = new PodWorkerSet(services, CreateSyncer(services), probes, stop.Token);
        var nodeUpdater = new NodeStatusUpdater(client, runtime, state, time, _logger, () => _pressure, () => Port);
        try
        {
            await using var server = await StartServerAsync(services, workers, stop.Token);
            await nodeUpdater.RegisterAsync(stop.Token);
            await RunLoopsAsync(services, workers, nodeUpdater, stop.Token);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
        finally
        {
            await stop.CancelAsync();
            await workers.StoppedAsync();
        }
    }

    private async Task<RuntimeVersion> WaitForRuntimeAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await runtime.VersionAsync(cancellation);
            }
            catch (RuntimeException e)
            {
                KubeletLog.RuntimeUnreachable(_logger, e.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(200), time, cancellation);
            }
        }
    }

    private async Task<KubeletServer?> StartServerAsync(NodeServices services, PodWorkerSet workers, CancellationToken cancellation)
    {
        if (options.Port < 0)
            return null;
        var server = await KubeletServer.StartAsync(options, new KubeletRequests(services, workers), loggers, cancellation);
        Port = server.Port;
        KubeletLog.Listening(_logger, Port);
        return server;
    }

    private static void ProbeChanged(PodWorker? worker, ProbeKind kind, ProbeOutcome outcome)
    {
        if (worker is null)
            return;
        if (kind != ProbeKind.Liveness)
            worker.Publish();
        if (kind != ProbeKind.Readiness && (outcome == ProbeOutcome.Failure || kind == ProbeKind.Startup))
            worker.Signal();
    }

    private static PodSyncer CreateSyncer(NodeServices services)
    {
        const string ResolvConf = "/etc/resolv.conf";
        var hostDns = PodDns.Parse(File.Exists(ResolvConf) ? File.ReadAllText(ResolvConf) : "");
        return new PodSyncer(services, new ContainerStarter(services), new ContainerKiller(services), hostDns);
    }

    private NodeServices CreateServices(NodeState state, RuntimeVersion version, KubeletEvents events)
    {
        var allocatable = NodeStatusGenerator.Allocatable(NodeStatusGenerator.Capacity(state));
        var objects = new PodObjects(client, time);
        var folders = new PodFolders(options.RootDirectory, options.PodLogsDirectory);
        var tokens = new ServiceAccountTokens(client, time);
        return new NodeServices
        {
            Options = options,
            Client = client,
            Runtime = runtime,
            Time = time,
            Logger = _logger,
            Events = events,
            Statuses = new StatusManager(client, time, _logger),
            ProbeResults = new ProbeResults(),
            Images = new ImagePuller(runtime, events, time, options.MaxParallelImagePulls),
            Objects = objects,
            Folders = folders,
            Volumes = new VolumeMounter(folders, new ProjectedVolumes(objects, tokens, allocatable), tokens, time),
            Cgroups = new PodCgroups(options.CgroupMount, options.CgroupRoot),
            Allocatable = allocatable,
            RuntimeName = version.RuntimeName,
        };
    }

    private async Task RunLoopsAsync(
        NodeServices services, PodWorkerSet workers, NodeStatusUpdater nodeUpdater, CancellationToken cancellation)
    {
        var pleg = new PodLifecycleEventGenerator(
            runtime, options.RelistPeriod, time, _logger, uid => workers.Find(uid)?.Signal());
        var factory = new InformerFactory(client, time, loggers);
        var pods = factory.For<Pod>(new InformerOptions(FieldSelector: $"spec.nodeName={options.NodeName}"));
        pods.AddHandler(workers.Changed);
        factory.Start(cancellation);
        List<Task> loops =
        [
            services.Statuses.RunAsync(cancellation),
            nodeUpdater.RunAsync(cancellation),
            new NodeLease(client, options, () => nodeUpdater.NodeUid, time, _logger).RunAsync(cancellation),
        ];
        await pods.Synced.WaitAsync(cancellation);
        loops.Add(pleg.RunAsync(cancellation));
        loops.Add(HousekeepAsync(services, workers, pleg, cancellation));
        if (services.Folders.LogsRoot.Length > 0)
            loops.Add(new LogRotator(runtime, workers, time, _logger).RunAsync(cancellation));
        if (options.Eviction)
        {
            EvictionSignals Read() => EvictionManager.ReadMachine(options.RootDirectory);
            loops.Add(new EvictionManager(services, workers, Read, pressure => _pressure = pressure).RunAsync(cancellation));
            loops.Add(new ImageCollector(runtime, services.Events, Read, time, _logger).RunAsync(cancellation));
        }

        services.Events.Node("Normal", "Starting", "Starting kubelet.");
        _started.TrySetResult();
        await await Task.WhenAny(loops);
        await Task.WhenAll(loops);
        await factory.StoppedAsync();
    }

    private async Task HousekeepAsync(
        NodeServices services, PodWorkerSet workers, PodLifecycleEventGenerator pleg, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                if (pleg.LastRelist is not null)
                    await workers.CleanOrphansAsync(pleg.KnownUids, cancellation);
                services.Objects.Trim();
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                KubeletLog.HousekeepingFailed(_logger, e.Message);
            }

            var wait = pleg.LastRelist is null ? TimeSpan.FromSeconds(1) : HousekeepingPeriod;
            await Task.Delay(wait, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
