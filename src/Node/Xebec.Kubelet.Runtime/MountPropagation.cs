namespace Xebec.Kubelet.Runtime;

/// <summary>Which way later mounts spread between host and container.</summary>
public enum MountPropagation
{
    /// <summary>Neither way.</summary>
    Private = 0,
    /// <summary>The host's appear in the container.</summary>
    HostToContainer = 1,
    /// <summary>Both ways.</summary>
    Bidirectional = 2,
}
