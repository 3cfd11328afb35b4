using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Xebec.Api;
using Xebec.Api.Core.V1;
using Xebec.Client;
using Xebec.Client.Tests.Fakes;

namespace Xebec.ControllerManager.Tests;

/// <summary>Every controller over a fake API server; tests play the kubelet.</summary>
internal sealed class RunningControllers : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromSeconds(60), TimeProvider.System);
    private readonly Task _running;

    private readonly IAsyncDisposable? _server;

    /// <summary>Over the given server, or over a fake one.</summary>
    public RunningControllers(RealApiServer? server = null)
    {
        _server = server;
        Client = server?.Client ?? new FakeApiServer().NewClient();
        var options = new ControllerManagerOptions { Client = Client, Loggers = NullLoggerFactory.Instance,
            RootCertificateAuthorityPem = "PEM" };
        _running = new ControllerManager(options).RunAsync(_stop.Token);
    }

    public static async Task<RunningControllers> OverRealServerAsync() => new(await RealApiServer.StartAsync());

    public ApiClient Client { get; }

    public CancellationToken Token => _stop.Token;

    /// <summary>Waits until a list of objects is as expected; looks again at every change.</summary>
    public async Task<List<T>> UntilAsync<T>(string ns, Func<List<T>, bool> isAsExpected)
        where T : class, IKubernetesObject<T>
    {
        var from = await Client.ListAsync<T>(ns, null, Token);
        if (isAsExpected(from.Items))
            return from.Items;
        await foreach (var _ in Client.WatchAsync<T>(ns, new WatchOptions { ResourceVersion = from.ResourceVersion }, Token))
        {
            var items = (await Client.ListAsync<T>(ns, null, Token)).Items;
            if (isAsExpected(items))
                return items;
        }

        throw new InvalidOperationException("the watch ended");
    }

    /// <summary>Does what a kubelet would, once: every pod that is not ready runs and is ready, every terminating one goes.</summary>
    public async Task RunPodsAsync(string ns)
    {
        foreach (var pod in (await Client.ListAsync<Pod>(ns, null, Token)).Items)
        {
            if (pod.Metadata.DeletionTimestamp is null)
                await MakeReadyAsync(pod);
            else
                await RemoveAsync(pod);
        }
    }

    /// <summary>Plays the kubelet until a Deployment named web has rolled out an image.</summary>
    public async Task RollOutAsync(int replicas, string image)
    {
        while (true)
        {
            await RunPodsAsync("ns");
            var deployment = await Client.GetAsync<Api.Apps.V1.Deployment>("ns", "web", Token);
            var pods = (await Client.ListAsync<Pod>("ns", null, Token)).Items;
            var isDone = deployment.Status is var status && status.AvailableReplicas == replicas && status.UpdatedReplicas == replicas &&
                status.Replicas == replicas && status.ObservedGeneration == deployment.Metadata.Generation &&
                pods.Count == replicas && pods.TrueForAll(p => p.Spec.Containers[0].Image == image);
            if (isDone)
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Token);
        }
    }

    private async Task RemoveAsync(Pod pod)
    {
        try
        {
            await Client.DeleteAsync<Pod>(
                pod.Metadata.Namespace, pod.Metadata.Name, new Api.Meta.V1.DeleteOptions { GracePeriodSeconds = 0 }, Token);
        }
        catch (ApiErrorException e) when (e.IsNotFound)
        {
            return;
        }
    }

    public async Task MakeReadyAsync(Pod pod)
    {
        if (pod.Status.Conditions.Exists(c => c.Type == PodConditionType.Ready))
            return;
        pod.Status.Phase = PodPhase.Running;
        var version = long.Parse(pod.Metadata.ResourceVersion!, CultureInfo.InvariantCulture);
        pod.Status.PodIP = $"10.0.{version / 250}.{version % 250 + 1}";
        pod.Status.PodIPs = [new PodIP { Ip = pod.Status.PodIP }];
        pod.Status.Conditions.Add(
            new PodCondition { Type = PodConditionType.Ready, Status = "True",
                LastTransitionTime = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) });
        try
        {
            await Client.UpdateStatusAsync(pod, null, Token);
        }
        catch (ApiErrorException e) when (e.IsNotFound || e.IsConflict)
        {
            return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        if (_server is not null)
            await _server.DisposeAsync();
        _stop.Dispose();
    }
}
