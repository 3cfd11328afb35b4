namespace Xebec.Kubelet.Runtime;

/// <summary>State of a container.</summary>
public enum ContainerState
{
    /// <summary>Not started yet.</summary>
    Created = 0,
    /// <summary>Running.</summary>
    Running = 1,
    /// <summary>Over.</summary>
    Exited = 2,
    /// <summary>The runtime cannot say.</summary>
    Unknown = 3,
}
