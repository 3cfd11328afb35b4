using Microsoft.Extensions.Time.Testing;
using Xebec.Api.Core.V1;
using Xebec.Scheduler.Framework;
using Xebec.Scheduler.Queue;
using static Xebec.Scheduler.Tests.Sample;

namespace Xebec.Scheduler.Tests.Queue;

public sealed class SchedulingQueueTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly SchedulingQueue _queue;

    public SchedulingQueueTests() => _queue = new SchedulingQueue(Scheduling.NewProfile(), _time);

    public void Dispose() => _queue.Dispose();

    [Fact]
    public async Task Important_pods_come_first_then_those_that_waited_longer()
    {
        _queue.Set(Info("a"));
        _time.Advance(TimeSpan.FromSeconds(1));
        _queue.Set(Info("b"));
        _queue.Set(Info("vip", priority: 100));
        Assert.Equal(["vip", "a", "b"], [await PopAsync(), await PopAsync(), await PopAsync()]);
    }

    [Fact]
    public async Task A_rejected_pod_waits_for_an_event_that_may_help()
    {
        _queue.Set(Info("a", "2"));
        _queue.Reject(await _queue.PopAsync(default), ["NodeResourcesFit"]);
        Assert.Equal(1, _queue.CountOf(QueueState.Unschedulable));

        _queue.Notify(new ClusterChange(ClusterEvents.NodeAdd, Node: NodeInfo(Node("small", cpu: "1"))));
        _queue.Notify(new ClusterChange(ClusterEvents.AssignedPodAdd, Pod: Info("other")));
        Assert.Equal(1, _queue.CountOf(QueueState.Unschedulable));

        _queue.Notify(new ClusterChange(ClusterEvents.NodeAdd, Node: NodeInfo(Node("large"))));
        Assert.Equal("a", await PopAsync());
    }

    [Fact]
    public async Task An_event_during_the_try_is_not_missed()
    {
        _queue.Set(Info("a", "2"));
        var pod = await _queue.PopAsync(default);
        _queue.Notify(new ClusterChange(ClusterEvents.NodeAdd, Node: NodeInfo(Node("large"))));
        _queue.Reject(pod, ["NodeResourcesFit"]);
        Assert.Equal("a", await PopAsync());
    }

    [Fact]
    public async Task A_failed_pod_backs_off_longer_each_time()
    {
        _queue.Set(Info("a"));
        var pod = await _queue.PopAsync(default);
        foreach (var seconds in new[] { 1, 2, 4, 8, 10, 10 })
        {
            _queue.Fail(pod);
            var next = _queue.PopAsync(default).AsTask();
            _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            Assert.Equal(1, _queue.CountOf(QueueState.Backoff));
            _time.Advance(TimeSpan.FromMilliseconds(1));
            pod = await next;
        }
    }

    [Fact]
    public async Task A_rejected_pod_gets_another_try_after_five_minutes()
    {
        _queue.Set(Info("a"));
        _queue.Reject(await _queue.PopAsync(default), ["NodeName"]);
        var next = _queue.PopAsync(default).AsTask();
        for (var i = 0; i < 9; i++)
            _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(1, _queue.CountOf(QueueState.Unschedulable));
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("a", (await next).Pod.Name.Name);
    }

    [Fact]
    public async Task A_gated_pod_becomes_active_without_its_gates()
    {
        _queue.Set(Info("a", change: p => p.Spec.SchedulingGates.Add(new PodSchedulingGate { Name = "g" })));
        Assert.Equal((1, 0), (_queue.CountOf(QueueState.Gated), _queue.CountOf(QueueState.Active)));
        _queue.Set(Info("a"));
        Assert.Equal("a", await PopAsync());
    }

    [Fact]
    public async Task A_pod_that_is_gone_comes_out_nowhere()
    {
        _queue.Set(Info("a"));
        _queue.Remove(new("default", "a"));
        _queue.Set(Info("b"));
        Assert.Equal("b", await PopAsync());
        var inFlight = await Reload("c");
        _queue.Remove(new("default", "c"));
        _queue.Fail(inFlight);
        Assert.Equal((0, 0), (_queue.CountOf(QueueState.Backoff), _queue.CountOf(QueueState.InFlight) - 1));
    }

    private async Task<QueuedPod> Reload(string name)
    {
        _queue.Set(Info(name));
        return await _queue.PopAsync(default);
    }

    private async Task<string> PopAsync() => (await _queue.PopAsync(default)).Pod.Name.Name;
}
