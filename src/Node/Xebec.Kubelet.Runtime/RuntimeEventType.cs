namespace Xebec.Kubelet.Runtime;

/// <summary>What happened.</summary>
public enum RuntimeEventType
{
    /// <summary>Events may have been missed: list everything. It has no id.</summary>
    Resync = 0,
    /// <summary>A container or sandbox was created.</summary>
    Created = 1,
    /// <summary>A container or sandbox was started.</summary>
    Started = 2,
    /// <summary>A container or sandbox ended; the event has the exit code.</summary>
    Stopped = 3,
    /// <summary>A container or sandbox was removed.</summary>
    Deleted = 4,
    /// <summary>The kernel killed a process of the container for want of memory; the container may live on.</summary>
    OutOfMemory = 5,
}
