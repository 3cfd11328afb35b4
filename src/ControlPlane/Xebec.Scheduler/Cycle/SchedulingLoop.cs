using Microsoft.Extensions.Logging;
using Xebec.Client.Events;
using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Framework;
using Xebec.Scheduler.Queue;

namespace Xebec.Scheduler.Cycle;

/// <summary>Takes one pod after the other from the queue, decides, and has the decision carried out.</summary>
internal sealed class SchedulingLoop(
    Profile profile, SchedulerCache cache, SchedulingQueue queue, ClusterObjects objects, BindingCycle binder, PreemptionExecutor preemption,
    PodStatusWriter status, EventRecorder events, SchedulerMetrics metrics, TimeProvider time, ILogger logger, ulong seed)
{
    private readonly SchedulingCycle _cycle = new(profile);
    private readonly Snapshot _snapshot = new() { Objects = objects };
    private int _startNode;
    private ulong _cycles;

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var queued = await queue.PopAsync(cancellation).ConfigureAwait(false);
            try
            {
                await ScheduleOneAsync(queued, cancellation).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                SchedulerLog.CycleFailed(logger, e, queued.Pod.Name);
                queue.Fail(queued);
            }
        }
    }

    private async ValueTask ScheduleOneAsync(QueuedPod queued, CancellationToken cancellation)
    {
        var (pod, began) = (queued.Pod, time.GetUtcNow());
        cache.UpdateSnapshot(_snapshot);
        var decision = _cycle.Schedule(pod, _snapshot, Mix(seed + ++_cycles), _startNode);
        _startNode = decision.NextStartNode;
        var seconds = (time.GetUtcNow() - began).TotalSeconds;
        metrics.Decided(seconds);
        if (decision.Diagnosis is null)
        {
            cache.Assume(pod, decision.NodeName);
            await binder.StartAsync(queued, pod, decision.NodeName, began, cancellation).ConfigureAwait(false);
            return;
        }

        metrics.Attempt("unschedulable", seconds);
        Reject(queued, pod, decision, cancellation);
    }

    private void Reject(QueuedPod queued, PodInfo pod, Decision decision, CancellationToken cancellation)
    {
        var message = decision.Diagnosis!.Message;
        SchedulerLog.Unschedulable(logger, pod.Name, message);
        var nominated = decision.Preemption?.NominatedNodeName;
        if (nominated is not null)
            Nominate(pod, nominated, cancellation);

        // Before the victims go, so that their going is an event for this pod.
        queue.Reject(queued, decision.Diagnosis.RejectedBy);
        events.Warning(pod.Pod, "FailedScheduling", message);
        queued.Shown = ShowAsync(queued.Shown, pod, message, nominated, cancellation);
        if (decision.Preemption is { Victims.Length: > 0 } room)
            _ = preemption.RunAsync(pod, room, cancellation);
    }

    /// <summary>Writes in the order of the tries: what an older one said must not be the last word.</summary>
    private async Task ShowAsync(Task before, PodInfo pod, string message, string? nominated, CancellationToken cancellation)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await status.WriteAsync(pod.Pod, "Unschedulable", message, nominated, cancellation).ConfigureAwait(false);
    }

    /// <summary>Keeps the room for the pod; less important pods that waited for the same node look for another.</summary>
    private void Nominate(PodInfo pod, string nodeName, CancellationToken cancellation)
    {
        cache.Nominate(pod, nodeName);
        foreach (var other in _snapshot.Nominated.On(nodeName).ToArray())
        {
            if (other.Priority >= pod.Priority || other.Name == pod.Name)
                continue;
            cache.Nominate(other, "");
            _ = status.ClearNominationAsync(other.Pod, cancellation);
        }
    }

    /// <summary>Spreads a counter over all 64 bits (SplitMix64).</summary>
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
