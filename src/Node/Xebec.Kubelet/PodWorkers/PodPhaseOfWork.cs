namespace Xebec.Kubelet.PodWorkers;

/// <summary>Where a pod worker is in its pod's life; it only goes forward.</summary>
internal enum PodPhaseOfWork
{
    /// <summary>The pod is to run.</summary>
    Syncing,

    /// <summary>Its containers are being stopped.</summary>
    Terminating,

    /// <summary>Nothing of it runs; what it has on the host is being removed.</summary>
    Terminated,

    /// <summary>Only what its logs are read from is left, until the API forgets the pod.</summary>
    Finished,

    /// <summary>Nothing is left.</summary>
    Gone,
}
