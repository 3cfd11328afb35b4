using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Xebec.Api.Core.V1;
using Xebec.ApiServer;
using Xebec.ApiServer.Authentication;
using Xebec.Client;
using Xebec.Client.Informers;
using Xebec.Store.Sqlite;

namespace Xebec.Scheduler.Bench;

/// <summary>Pods bound a second by the scheduler over an API server in this process, on a store in a folder of its own.</summary>
internal static class EndToEndBench
{
    public static async Task RunAsync(int nodes, int pods)
    {
        var folder = Directory.CreateTempSubdirectory("xebec-scheduler-bench-");
        try
        {
            await using var store = await SqliteStore.OpenAsync(
                new SqliteStoreOptions { Path = Path.Combine(folder.FullName, "store.db") }, TimeProvider.System, NullLogger<SqliteStore>.Instance);
            await using var server = new KubeApiServer(new KubeApiServerOptions(), store, TimeProvider.System, NullLoggerFactory.Instance);
            await server.StartAsync();
            using var client = new ApiClient(
                new HttpMessageInvoker(server.InProcess(new UserInfo("bench", "system:masters", "system:authenticated"))),
                new ApiClientOptions { BaseAddress = new Uri("https://xebec.bench") }, TimeProvider.System);
            await FillAsync(client, nodes, pods);
            await MeasureAsync(client, nodes, pods);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task FillAsync(ApiClient client, int nodes, int pods)
    {
        var workload = new Workload(20, "deployments");
        await Parallel.ForAsync(0, nodes, async (i, cancellation) =>
        {
            var node = Workload.Node(i);
            var created = await client.CreateAsync(node, null, cancellation);
            created.Status = node.Status;
            var ready = await client.UpdateStatusAsync(created, null, cancellation);
            ready.Spec.Taints = [];
            await client.UpdateAsync(ready, null, cancellation);
        });
        await Parallel.ForAsync(0, pods, async (i, cancellation) =>
        {
            var pod = workload.Pod(i);
            pod.Metadata.Uid = "";
            await client.CreateAsync(pod, null, cancellation);
        });
    }

    private static async Task MeasureAsync(ApiClient client, int nodes, int pods)
    {
        using var stop = new CancellationTokenSource();
        var informers = new InformerFactory(client, TimeProvider.System, NullLoggerFactory.Instance);
        var (bound, all) = (0, new TaskCompletionSource());
        var (clock, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        informers.For<Pod>().AddHandler((_, pod) =>
        {
            if (pod?.Spec.NodeName.Length > 0 && ++bound == pods)
                all.TrySetResult();
        });
        var running = new KubeScheduler(client, informers, TimeProvider.System, NullLoggerFactory.Instance).RunAsync(stop.Token);
        await informers.WaitForSyncAsync(stop.Token);
        (var listed, clock, cpu) = (clock.Elapsed.TotalMilliseconds, Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await all.Task;
        var (seconds, cpuSeconds) = (clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
        Console.WriteLine($"{nodes} nodes: {pods} pods bound at {pods / seconds:F0}/s, {cpuSeconds * 1e6 / pods:F0} us of CPU a pod (API server and events included; caches filled in {listed:F0} ms)");
        await stop.CancelAsync();
        await running;
        await informers.StoppedAsync();
    }
}
