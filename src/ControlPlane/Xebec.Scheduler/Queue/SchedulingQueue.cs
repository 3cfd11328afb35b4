using Xebec.Client;
using Xebec.Scheduler.Framework;
using Xebec.Scheduler.Plugins.PrioritySort;

namespace Xebec.Scheduler.Queue;

/// <summary>
/// Pods that wait for a node: active ones by priority, those that back off, those that wait for an event, and gated ones. It does
/// nothing while nothing happens.
/// </summary>
internal sealed partial class SchedulingQueue : IDisposable
{
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestUnschedulable = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FlushPeriod = TimeSpan.FromSeconds(30);

    private readonly Lock _sync = new();
    private readonly Profile _profile;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Dictionary<NamespacedName, QueuedPod> _pods = [];
    private readonly PriorityQueue<(QueuedPod Pod, long Ticket), QueueKey> _active = new(PrioritySort.Instance);
    private readonly PriorityQueue<(QueuedPod Pod, long Ticket), DateTimeOffset> _backoff = new();
    private readonly HashSet<QueuedPod> _unschedulable = [];
    private readonly int[] _counts = new int[(int)QueueState.Gone + 1];
    private readonly long[] _lastEvents = new long[32];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _tickets;
    private long _events;

    public SchedulingQueue(Profile profile, TimeProvider time)
    {
        _profile = profile;
        _time = time;
        _timer = time.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many pods are in a state.</summary>
    public int CountOf(QueueState state) => Volatile.Read(ref _counts[(int)state]);

    /// <summary>Adds a pod, or takes over a new version of one that waits.</summary>
    public void Set(PodInfo pod)
    {
        lock (_sync)
        {
            if (!_pods.TryGetValue(pod.Name, out var known) || known.Pod.Uid != pod.Uid)
            {
                Drop(pod.Name);
                _pods[pod.Name] = known = new QueuedPod(pod, _time.GetUtcNow());
                Enqueue(known);
                return;
            }

            var old = known.Pod;
            known.Pod = pod;
            if (known.State == QueueState.Gated)
                Enqueue(known);
            else if (known.State == QueueState.Unschedulable && HasChanged(old, pod) && MayBeHelped(known, new ClusterChange(ClusterEvents.PodUpdate)))
                Retry(known);
        }
    }

    /// <summary>Takes over a new version of a pod that is being bound, should that fail.</summary>
    public void Refresh(PodInfo pod)
    {
        lock (_sync)
        {
            if (_pods.TryGetValue(pod.Name, out var known) && known.Pod.Uid == pod.Uid)
                known.Pod = pod;
        }
    }

    /// <summary>Removes a pod that is gone or bound.</summary>
    public void Remove(NamespacedName name)
    {
        lock (_sync)
            Drop(name);
    }

    /// <summary>The next pod to schedule, when there is one.</summary>
    public async ValueTask<QueuedPod> PopAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_sync)
            {
                if (TryPop() is { } pod)
                    return pod;
                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Puts a pod back that does not fit anywhere now.</summary>
    public void Reject(QueuedPod pod, string[] rejectedBy)
    {
        lock (_sync)
        {
            if (pod.State != QueueState.InFlight)
                return;
            pod.RejectedBy = rejectedBy;
            pod.HasFailed = false;
            BackOff(pod);
            if (HappenedMeanwhile(pod))
                Retry(pod);
            else
                Move(pod, QueueState.Unschedulable);
            Schedule();
        }
    }

    /// <summary>Puts a pod back after an error.</summary>
    public void Fail(QueuedPod pod)
    {
        lock (_sync)
        {
            if (pod.State != QueueState.InFlight)
                return;
            pod.RejectedBy = [];
            pod.HasFailed = true;
            BackOff(pod);
            Retry(pod);
        }
    }

    /// <summary>Tells the pods that wait for an event what happened.</summary>
    public void Notify(in ClusterChange change)
    {
        lock (_sync)
        {
            _lastEvents[System.Numerics.BitOperations.Log2((uint)change.Event)] = ++_events;
            List<QueuedPod>? helped = null;
            foreach (var pod in _unschedulable)
            {
                if (MayBeHelped(pod, change))
                    (helped ??= []).Add(pod);
            }

            foreach (var pod in helped ?? [])
                Retry(pod);
        }
    }

    public void Dispose() => _timer.Dispose();
}
