namespace Xebec.Scheduler.Framework;

/// <summary>What can happen in a cluster that matters to pods that wait.</summary>
[Flags]
internal enum ClusterEvents
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A pod was bound, or a bound pod's labels changed.</summary>
    AssignedPodAdd = 1,

    /// <summary>A bound pod is gone or uses less.</summary>
    AssignedPodDelete = 2,

    /// <summary>A node appeared.</summary>
    NodeAdd = 4,

    /// <summary>A node's labels, taints, allocatable resources or schedulability changed.</summary>
    NodeUpdate = 8,

    /// <summary>A claim, volume, storage class or CSI node appeared or changed.</summary>
    Storage = 16,

    /// <summary>A namespace's labels changed.</summary>
    NamespaceUpdate = 32,

    /// <summary>The waiting pod itself changed.</summary>
    PodUpdate = 64,

    /// <summary>Everything.</summary>
    All = 127,
}
