using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Queue;

/// <summary>A pod in the queue. The queue alone changes its place, under its lock.</summary>
internal sealed class QueuedPod(PodInfo pod, DateTimeOffset now)
{
    public PodInfo Pod { get; set; } = pod;

    public QueueState State { get; set; } = QueueState.Gone;

    /// <summary>Goes up with each change of place, so that entries left behind in a heap are known to be stale.</summary>
    public long Ticket { get; set; }

    /// <summary>When it was last put into the queue.</summary>
    public DateTimeOffset Timestamp { get; set; } = now;

    /// <summary>When it was first put into the queue.</summary>
    public DateTimeOffset AddedAt { get; } = now;

    public int Attempts { get; set; }

    public DateTimeOffset BackoffUntil { get; set; }

    /// <summary>Whether the last try failed by an error and not by a rejection: then the backoff is always kept.</summary>
    public bool HasFailed { get; set; }

    /// <summary>The plugins that rejected it in the last try.</summary>
    public string[] RejectedBy { get; set; } = [];

    /// <summary>The number of the last event when the try under way began.</summary>
    public long EventsSeen { get; set; }

    /// <summary>Done when the pod's status says why the last try failed. The loop alone sets it.</summary>
    public Task Shown { get; set; } = Task.CompletedTask;
}
