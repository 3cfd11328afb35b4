using Microsoft.Extensions.Logging.Abstractions;
using Xebec.Api;
using Xebec.Api.Core.V1;
using Xebec.ApiServer;
using Xebec.ApiServer.Authentication;
using Xebec.Client;
using Xebec.Client.Informers;
using Xebec.ComponentBase.Metrics;
using Xebec.Store.Sqlite;

namespace Xebec.Scheduler.Tests.EndToEnd;

/// <summary>An API server over an in-memory store with the scheduler, all in process; tests play everything else.</summary>
internal sealed class SchedulingCluster : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromSeconds(60), TimeProvider.System);
    private readonly SqliteStore _store;
    private readonly KubeApiServer _server;
    private CancellationTokenSource? _stopScheduler;
    private InformerFactory? _informers;
    private Task _running = Task.CompletedTask;

    private SchedulingCluster(SqliteStore store, KubeApiServer server)
    {
        (_store, _server) = (store, server);
        Client = NewClient("admin", "system:masters");
    }

    public ApiClient Client { get; }

    public MetricsRegistry Metrics { get; } = new();

    public CancellationToken Token => _stop.Token;

    public static async Task<SchedulingCluster> StartAsync(bool withScheduler = true)
    {
        var store = await SqliteStore.OpenAsync(new SqliteStoreOptions(), TimeProvider.System, NullLogger<SqliteStore>.Instance);
        var server = new KubeApiServer(new KubeApiServerOptions(), store, TimeProvider.System, NullLoggerFactory.Instance);
        await server.StartAsync();
        var cluster = new SchedulingCluster(store, server);
        var ns = new Namespace();
        ns.Metadata.Name = "default";
        await IgnoreExistingAsync(() => cluster.Client.CreateAsync(ns, null, cluster.Token));
        if (withScheduler)
            cluster.StartScheduler();
        return cluster;
    }

    public void StartScheduler()
    {
        _stopScheduler = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var client = NewClient("system:kube-scheduler", "system:masters");
        _informers = new InformerFactory(client, TimeProvider.System, NullLoggerFactory.Instance);
        var scheduler = new KubeScheduler(client, _informers, TimeProvider.System, NullLoggerFactory.Instance, new KubeSchedulerOptions { Metrics = Metrics });
        _running = scheduler.RunAsync(_stopScheduler.Token);
    }

    public async Task StopSchedulerAsync()
    {
        if (_stopScheduler is null)
            return;
        await _stopScheduler.CancelAsync();
        await _running;
        await _informers!.StoppedAsync();
        _stopScheduler.Dispose();
        _stopScheduler = null;
    }

    public Task<T> CreateAsync<T>(T obj)
        where T : class, IKubernetesObject<T>
    {
        obj.Metadata.Uid = "";
        return Client.CreateAsync(obj, null, Token);
    }

    /// <summary>
    /// Creates a node; with its status, which create alone does not take, and without the not-ready taint that admission gives new nodes
    /// and a node controller takes away.
    /// </summary>
    public async Task<Node> CreateNodeAsync(Node node)
    {
        var taints = node.Spec.Taints.ToList();
        var created = await CreateAsync(node);
        created.Status = node.Status;
        var ready = await Client.UpdateStatusAsync(created, null, Token);
        ready.Spec.Taints = taints;
        return await Client.UpdateAsync(ready, null, Token);
    }

    /// <summary>Waits until a pod is as expected; looks at every version of it.</summary>
    public async Task<Pod> UntilPodAsync(string name, Func<Pod, bool> isAsExpected)
    {
        var now = await Client.ListAsync<Pod>("default", null, Token);
        if (now.Items.Find(p => p.Metadata.Name == name) is { } there && isAsExpected(there))
            return there;
        await foreach (var change in Client.WatchAsync<Pod>("default", new WatchOptions { ResourceVersion = now.ResourceVersion }, Token))
        {
            if (change.Object is { } pod && pod.Metadata.Name == name && isAsExpected(pod))
                return pod;
        }

        throw new InvalidOperationException("the watch ended");
    }

    /// <summary>Waits until a pod is bound and returns the node's name.</summary>
    public async Task<string> UntilBoundAsync(string name) => (await UntilPodAsync(name, p => p.Spec.NodeName.Length > 0)).Spec.NodeName;

    /// <summary>Waits until a pod is said to be unschedulable and returns the message.</summary>
    public async Task<string> UntilUnschedulableAsync(string name) =>
        Condition(await UntilPodAsync(name, p => Condition(p) is { Status: "False", Reason: "Unschedulable" }))!.Message;

    public static PodCondition? Condition(Pod pod) => pod.Status.Conditions.Find(c => c.Type == "PodScheduled");

    public async Task<Event> UntilEventAsync(string podName, string reason)
    {
        bool IsWanted(Event? e) => e?.InvolvedObject.Name == podName && e.Reason == reason;
        var now = await Client.ListAsync<Event>("default", null, Token);
        if (now.Items.Find(IsWanted) is { } there)
            return there;
        await foreach (var change in Client.WatchAsync<Event>("default", new WatchOptions { ResourceVersion = now.ResourceVersion }, Token))
        {
            if (IsWanted(change.Object))
                return change.Object!;
        }

        throw new InvalidOperationException("the watch ended");
    }

    public async ValueTask DisposeAsync()
    {
        await StopSchedulerAsync();
        await _stop.CancelAsync();
        Client.Dispose();
        await _server.DisposeAsync();
        await _store.DisposeAsync();
        _stop.Dispose();
    }

    private static async Task IgnoreExistingAsync(Func<Task> create)
    {
        try
        {
            await create();
        }
        catch (ApiErrorException e) when (e.IsAlreadyExists)
        {
            return;
        }
    }

    private ApiClient NewClient(string user, string group)
    {
        var handler = _server.InProcess(new UserInfo(user, group, "system:authenticated"));
        var options = new ApiClientOptions { BaseAddress = new Uri("https://xebec.test") };
        return new ApiClient(new HttpMessageInvoker(handler), options, TimeProvider.System);
    }
}
