using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xebec.Api.Core.V1;
using Xebec.Client;
using Xebec.Client.Tests.Fakes;
using Xebec.Kubelet.Runtime;
using Xebec.Kubelet.Runtime.Fake;

namespace Xebec.Kubelet.Tests;

/// <summary>A kubelet over a fake runtime and a fake API server; its clock runs about twenty times as fast as the wall's.</summary>
public sealed class KubeletHarness : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _clock;
    private readonly IContainerRuntime _runtime;
    private readonly TimeProvider _time;
    private CancellationTokenSource _kubeletStop = new();
    private Task _kubelet = Task.CompletedTask;

    public KubeletHarness()
    {
        Runtime = new FakeContainerRuntime(Time);
        _runtime = Runtime;
        _time = Time;
        Client = Api.NewClient(Time);
        _clock = Task.Run(RunClockAsync);
    }

    /// <summary>Over another runtime, by the wall's clock.</summary>
    public KubeletHarness(IContainerRuntime runtime)
    {
        Runtime = new FakeContainerRuntime(Time);
        _runtime = runtime;
        _time = TimeProvider.System;
        Client = Api.NewClient();
        _clock = Task.CompletedTask;
    }

    public FakeApiServer Api { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public FakeContainerRuntime Runtime { get; }

    public ApiClient Client { get; }

    public Kubelet? Kubelet { get; private set; }

    public KubeletOptions Options { get; set; } = new() { NodeName = "node-1", NodeIp = "10.0.0.1", Port = -1, Eviction = false };

    public async Task StartAsync()
    {
        _kubeletStop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var kubelet = new Kubelet(Options, Client, _runtime, _time, NullLoggerFactory.Instance);
        Kubelet = kubelet;
        _kubelet = Task.Run(() => kubelet.RunAsync(_kubeletStop.Token));
        await Task.WhenAny(kubelet.Started, _kubelet).WaitAsync(Patience);
        if (_kubelet.IsFaulted)
            await _kubelet;
    }

    public async Task StopAsync()
    {
        await _kubeletStop.CancelAsync();
        await _kubelet.WaitAsync(Patience);
    }

    public Task<Pod> CreateAsync(Pod pod) => Client.CreateAsync(pod);

    /// <summary>The pod as soon as it is as wanted.</summary>
    public async Task<Pod> PodAsync(string name, Func<Pod, bool> isWanted)
    {
        using var patience = new CancellationTokenSource(Patience);
        var last = "nothing";
        try
        {
            var list = await Client.ListAsync<Pod>("default", cancellation: patience.Token);
            if (list.Items.Find(p => p.Metadata.Name == name) is { } now)
            {
                if (isWanted(now))
                    return now;
                last = System.Text.Encoding.UTF8.GetString(ApiJson.Serialize(now));
            }

            await foreach (
                var e in Client.WatchAsync<Pod>("default", new WatchOptions { ResourceVersion = list.ResourceVersion }, patience.Token))
            {
                if (e.Object!.Metadata.Name != name || e.Type == WatchEventType.Deleted)
                    continue;
                if (isWanted(e.Object))
                    return e.Object;
                last = System.Text.Encoding.UTF8.GetString(ApiJson.Serialize(e.Object));
            }
        }
        catch (OperationCanceledException)
        {
        }

        throw new TimeoutException($"pod {name} is not as wanted, but: {last}");
    }

    /// <summary>Done when a condition holds, looked at after every tick of the clock.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, patience.Token);
        }
    }

    public async Task<List<Event>> EventsAsync() => (await Client.ListAsync<Event>("default")).Items;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _kubelet.WaitAsync(Patience);
        await _clock;
        await Runtime.DisposeAsync();
        Client.Dispose();
    }

    private async Task RunClockAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Time.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }
}
