namespace Xebec.Kubelet.PodWorkers;

/// <summary>How far a pod's init containers are.</summary>
internal enum InitOutcome
{
    /// <summary>The regular containers have to wait.</summary>
    Pending,

    /// <summary>Every init container succeeded or, if it is a sidecar, has started.</summary>
    Done,

    /// <summary>One failed for good.</summary>
    Failed,
}
