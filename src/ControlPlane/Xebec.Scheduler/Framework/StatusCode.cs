namespace Xebec.Scheduler.Framework;

/// <summary>What a plugin says, as upstream's framework.Code.</summary>
internal enum StatusCode
{
    /// <summary>Not now; preempting other pods may help.</summary>
    Unschedulable,

    /// <summary>Not now, and preempting other pods does not help.</summary>
    UnschedulableAndUnresolvable,

    /// <summary>The plugin has nothing to say about this pod.</summary>
    Skip,

    /// <summary>Something failed that has nothing to do with the pod.</summary>
    Error,
}
