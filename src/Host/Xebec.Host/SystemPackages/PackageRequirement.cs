namespace Xebec.Host.SystemPackages;

/// <summary>A program of the system that a node needs, and the Debian package that brings it.</summary>
/// <param name="Program">Name on PATH, or an absolute path.</param>
/// <param name="Package">Debian package.</param>
/// <param name="Reason">What it is needed for, as the user reads it.</param>
internal sealed record PackageRequirement(string Program, string Package, string Reason)
{
    /// <summary>What a node needs.</summary>
    public static IReadOnlyList<PackageRequirement> Node { get; } =
    [
        new("containerd", "containerd", "runs the containers"),
        new("runc", "runc", "starts each container's process"),
        new("/usr/lib/cni/bridge", "containernetworking-plugins", "connects pods to the network"),
        new("nft", "nftables", "routes Services to pods"),
        new("conntrack", "conntrack", "forgets connections to pods that are gone"),
        new("ip", "iproute2", "manages links, routes and network namespaces"),
        new("iptables", "iptables", "forwards host ports (the CNI portmap plugin calls it)"),
        new("mount", "mount", "mounts volumes"),
        new("nsenter", "util-linux", "enters network namespaces"),
    ];
}
