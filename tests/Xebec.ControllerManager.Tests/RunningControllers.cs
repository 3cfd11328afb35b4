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

    public RunningControllers()
    {
        Client = Server.NewClient();
        var options = new ControllerManagerOptions { Client = Client, Loggers = NullLoggerFactory.Instance, RootCertificateAuthorityPem = "PEM" };
        _running = new ControllerManager(options).RunAsync(_stop.Token);
    }

    public FakeApiServer Server { get; } = new();

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
            await MakeReadyAsync(pod);
    }

    public async Task MakeReadyAsync(Pod pod)
    {
        if (pod.Status.Conditions.Exists(c => c.Type == PodConditionType.Ready))
            return;
        pod.Status.Phase = PodPhase.Running;
        pod.Status.PodIP = $"10.0.0.{pod.Metadata.ResourceVersion}";
        pod.Status.PodIPs = [new PodIP { Ip = pod.Status.PodIP }];
        pod.Status.Conditions.Add(new PodCondition { Type = PodConditionType.Ready, Status = "True", LastTransitionTime = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) });
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
        _stop.Dispose();
    }
}
