using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xebec.Client;
using Xebec.Client.Events;
using Xebec.ComponentBase.Metrics;
using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Cycle;
using Xebec.Scheduler.Framework;
using Xebec.Scheduler.Queue;

namespace Xebec.Scheduler.Tests.Cycle;

public sealed class BindingCycleTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_pod_is_bound_when_its_status_says_why_the_last_try_failed()
    {
        using var client = new ApiClient(new HttpMessageInvoker(new Refusal()), new ApiClientOptions { BaseAddress = new Uri("https://xebec.test") }, _time);
        await using var events = new EventRecorder(client, "test", "", _time, NullLogger.Instance);
        using var queue = new SchedulingQueue(Scheduling.NewProfile(), _time);
        var (binder, cache) = (new Binder(), new SchedulerCache());
        var cycle = new BindingCycle(
            binder, cache, queue, events, new SchedulerMetrics(new MetricsRegistry(), "test", queue, cache),
            new PodStatusWriter(client, _time, NullLogger.Instance), _time, NullLogger.Instance, parallelism: 2);
        var shown = new TaskCompletionSource();
        await StartAsync(cycle, "first", shown.Task);
        await StartAsync(cycle, "second", Task.CompletedTask);
        Assert.Equal("second", await binder.Bound.Task);
        shown.SetException(new TimeoutException());
        await cycle.StoppedAsync();
        Assert.Equal(["second", "first"], binder.Names);
    }

    private ValueTask StartAsync(BindingCycle cycle, string name, Task shown)
    {
        var pod = Sample.Info(name);
        return cycle.StartAsync(new QueuedPod(pod, _time.GetUtcNow()) { Shown = shown }, pod, "node-1", _time.GetUtcNow(), CancellationToken.None);
    }

    private sealed class Binder : IBindPlugin
    {
        public string Name => nameof(Binder);

        public List<string> Names { get; } = [];

        /// <summary>The first pod that was bound.</summary>
        public TaskCompletionSource<string> Bound { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task BindAsync(PodInfo pod, string nodeName, CancellationToken cancellation)
        {
            lock (Names)
                Names.Add(pod.Name.Name);
            Bound.TrySetResult(pod.Name.Name);
            return Task.CompletedTask;
        }
    }

    private sealed class Refusal : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound));
    }
}
