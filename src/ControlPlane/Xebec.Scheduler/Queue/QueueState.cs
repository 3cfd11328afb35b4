namespace Xebec.Scheduler.Queue;

/// <summary>Where a pod waits; the first four are the values of the label queue of pending_pods.</summary>
internal enum QueueState
{
    /// <summary>To be scheduled next.</summary>
    Active,

    /// <summary>Waits before the next try.</summary>
    Backoff,

    /// <summary>Waits for an event that may help.</summary>
    Unschedulable,

    /// <summary>Has scheduling gates.</summary>
    Gated,

    /// <summary>Is being scheduled or bound.</summary>
    InFlight,

    /// <summary>Is no longer in the queue.</summary>
    Gone,
}
