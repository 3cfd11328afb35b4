namespace Xebec.Kubelet.Runtime;

/// <summary>Where a security profile comes from.</summary>
public enum SecurityProfileType
{
    /// <summary>The runtime's own profile.</summary>
    RuntimeDefault = 0,
    /// <summary>No confinement.</summary>
    Unconfined = 1,
    /// <summary>A profile on the node.</summary>
    Localhost = 2,
}
