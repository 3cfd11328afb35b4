using Xebec.Client;
using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Queue;

/// <content>How pods move from place to place; the lock is held.</content>
internal sealed partial class SchedulingQueue
{
    private void Enqueue(QueuedPod pod)
    {
        foreach (var plugin in _profile.PreEnqueue)
        {
            if (plugin.PreEnqueue(pod.Pod.Pod) is null)
                continue;
            Move(pod, QueueState.Gated);
            return;
        }

        Move(pod, QueueState.Active);
    }

    private void Retry(QueuedPod pod) => Move(pod, pod.BackoffUntil > _time.GetUtcNow() ? QueueState.Backoff : QueueState.Active);

    private void BackOff(QueuedPod pod)
    {
        var now = _time.GetUtcNow();
        var wait = FirstBackoff * Math.Pow(2, Math.Min(pod.Attempts - 1, 10));
        pod.BackoffUntil = now + (wait < LongestBackoff ? wait : LongestBackoff);
    }

    private void Move(QueuedPod pod, QueueState state)
    {
        Leave(pod);
        pod.State = state;
        pod.Ticket = ++_tickets;
        pod.Timestamp = state is QueueState.InFlight ? pod.Timestamp : _time.GetUtcNow();
        _counts[(int)state]++;
        if (state == QueueState.Active)
            _active.Enqueue((pod, pod.Ticket), new QueueKey(pod.Pod.Priority, pod.Timestamp, pod.Ticket));
        else if (state == QueueState.Backoff)
            _backoff.Enqueue((pod, pod.Ticket), pod.BackoffUntil);
        else if (state == QueueState.Unschedulable)
            _unschedulable.Add(pod);
        if (state is QueueState.Active or QueueState.Backoff)
            Signal();
    }

    private void Leave(QueuedPod pod)
    {
        if (pod.State != QueueState.Gone)
            _counts[(int)pod.State]--;
        if (pod.State == QueueState.Unschedulable)
            _unschedulable.Remove(pod);
    }

    private void Drop(NamespacedName name)
    {
        if (!_pods.Remove(name, out var pod))
            return;
        Leave(pod);
        pod.State = QueueState.Gone;
        pod.Ticket = ++_tickets;
    }

    private QueuedPod? TryPop()
    {
        Promote();
        var pod = TakeActive() ?? TakeRejected();
        if (pod is null)
        {
            Schedule();
            return null;
        }

        Move(pod, QueueState.InFlight);
        pod.Attempts++;
        pod.EventsSeen = _events;
        return pod;
    }

    private QueuedPod? TakeActive()
    {
        while (_active.TryDequeue(out var entry, out _))
        {
            if (entry.Pod.Ticket == entry.Ticket)
                return entry.Pod;
        }

        return null;
    }

    /// <summary>With nothing else to do, a pod that an event may have helped need not wait (KEP-5142); after an error it must.</summary>
    private QueuedPod? TakeRejected()
    {
        QueuedPod? found = null;
        List<QueuedPod>? failed = null;
        while (found is null && _backoff.TryDequeue(out var entry, out _))
        {
            if (entry.Pod.Ticket != entry.Ticket)
                continue;
            if (entry.Pod.HasFailed)
                (failed ??= []).Add(entry.Pod);
            else
                found = entry.Pod;
        }

        foreach (var pod in failed ?? [])
            _backoff.Enqueue((pod, pod.Ticket), pod.BackoffUntil);
        return found;
    }

    /// <summary>Moves on what has waited long enough.</summary>
    private void Promote()
    {
        var now = _time.GetUtcNow();
        while (_backoff.TryPeek(out var entry, out var until) && (until <= now || entry.Pod.Ticket != entry.Ticket))
        {
            _backoff.Dequeue();
            if (entry.Pod.Ticket == entry.Ticket)
                Move(entry.Pod, QueueState.Active);
        }

        if (_unschedulable.Count == 0)
            return;
        foreach (var pod in _unschedulable.Where(p => p.Timestamp + LongestUnschedulable <= now).ToList())
            Retry(pod);
    }

    /// <summary>Sets the timer for the next thing that only needs time.</summary>
    private void Schedule()
    {
        var wait = _unschedulable.Count > 0 ? FlushPeriod : Timeout.InfiniteTimeSpan;
        if (_backoff.TryPeek(out _, out var until))
        {
            var left = until - _time.GetUtcNow();
            left = left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1);
            wait = wait == Timeout.InfiniteTimeSpan || left < wait ? left : wait;
        }

        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private void Tick()
    {
        lock (_sync)
            Signal();
    }

    private void Signal()
    {
        var changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.TrySetResult();
    }

    private bool MayBeHelped(QueuedPod pod, in ClusterChange change)
    {
        if (pod.RejectedBy.Length == 0)
            return true;
        foreach (var name in pod.RejectedBy)
        {
            if (_profile.HintsOf(name) is { } hints && (hints.EventsToRegister & change.Event) != 0 && hints.MayHelp(pod.Pod, change))
                return true;
        }

        return false;
    }

    /// <summary>Whether an event that may help came after the try began, so that it may not have seen it.</summary>
    private bool HappenedMeanwhile(QueuedPod pod)
    {
        foreach (var name in pod.RejectedBy)
        {
            var events = _profile.HintsOf(name)?.EventsToRegister ?? ClusterEvents.None;
            for (var bit = 0; bit < 31; bit++)
            {
                if (((int)events & (1 << bit)) != 0 && _lastEvents[bit] > pod.EventsSeen)
                    return true;
            }
        }

        return false;
    }

    private static bool HasChanged(PodInfo old, PodInfo pod) =>
        old.Pod.Metadata.Generation != pod.Pod.Metadata.Generation || !PodInfo.SameLabels(old.Pod.Metadata.Labels, pod.Pod.Metadata.Labels);
}
