using Microsoft.Extensions.Logging;
using Xebec.Client;
using Xebec.Client.Events;
using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Framework;
using Xebec.Scheduler.Queue;

namespace Xebec.Scheduler.Cycle;

/// <summary>Carries decisions out, many at once, while the next pods are decided on.</summary>
internal sealed class BindingCycle(
    IBindPlugin binder, SchedulerCache cache, SchedulingQueue queue, EventRecorder events, SchedulerMetrics metrics, PodStatusWriter status,
    TimeProvider time, ILogger logger, int parallelism)
{
    private readonly SemaphoreSlim _slots = new(parallelism);

    /// <summary>Starts to bind an assumed pod; waits while too many bindings are under way.</summary>
    public async ValueTask StartAsync(QueuedPod queued, PodInfo pod, string nodeName, DateTimeOffset began, CancellationToken cancellation)
    {
        await _slots.WaitAsync(cancellation).ConfigureAwait(false);
        _ = Task.Run(() => BindAsync(queued, pod, nodeName, began, cancellation), CancellationToken.None);
    }

    /// <summary>Done when no binding is under way.</summary>
    public async Task StoppedAsync()
    {
        for (var i = 0; i < parallelism; i++)
            await _slots.WaitAsync().ConfigureAwait(false);
    }

    private async Task BindAsync(QueuedPod queued, PodInfo pod, string nodeName, DateTimeOffset began, CancellationToken cancellation)
    {
        try
        {
            // Else the status of a bound pod would say that it has no node.
            await queued.Shown.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await binder.BindAsync(pod, nodeName, cancellation).ConfigureAwait(false);
            var now = time.GetUtcNow();
            queue.Remove(pod.Name);
            metrics.Scheduled((now - began).TotalSeconds, (now - queued.AddedAt).TotalSeconds, queued.Attempts);
            SchedulerLog.Bound(logger, pod.Name, nodeName);
            events.Normal(pod.Pod, "Scheduled", $"Successfully assigned {pod.Name} to {nodeName}");
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            cache.Forget(pod);
        }
        catch (Exception e)
        {
            await FailAsync(queued, pod, nodeName, e, began, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task FailAsync(QueuedPod queued, PodInfo pod, string nodeName, Exception e, DateTimeOffset began, CancellationToken cancellation)
    {
        if (cache.Forget(pod))
            queue.Notify(new ClusterChange(ClusterEvents.AssignedPodDelete, Pod: pod));
        metrics.Attempt("error", (time.GetUtcNow() - began).TotalSeconds);
        if (e is ApiErrorException { IsNotFound: true })
        {
            queue.Remove(pod.Name);
            return;
        }

        SchedulerLog.BindFailed(logger, e, pod.Name, nodeName);
        queue.Fail(queued);
        var message = $"binding rejected: running Bind plugin \"{binder.Name}\": {e.Message}";
        events.Warning(pod.Pod, "FailedScheduling", message);
        await status.WriteAsync(pod.Pod, "SchedulerError", message, null, cancellation).ConfigureAwait(false);
    }
}
