namespace Xebec.Kubelet.Runtime;

/// <summary>State of a sandbox.</summary>
public enum PodSandboxState
{
    /// <summary>Up.</summary>
    Ready = 0,
    /// <summary>Stopped or broken.</summary>
    NotReady = 1,
}
