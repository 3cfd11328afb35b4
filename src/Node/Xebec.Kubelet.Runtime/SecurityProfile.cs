namespace Xebec.Kubelet.Runtime;

/// <summary>
/// A seccomp or AppArmor profile; the reference (a path on the host, or a loaded profile's name) goes with Localhost only.
/// </summary>
public sealed record SecurityProfile(SecurityProfileType Type, string LocalhostRef = "");
