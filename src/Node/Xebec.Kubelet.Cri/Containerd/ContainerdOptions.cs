namespace Xebec.Kubelet.Cri.Containerd;

/// <summary>One node's containerd: what tells it from every other one on the machine, and its networks.</summary>
/// <param name="ClusterId">Lower-case letters, digits and dashes; keys every name made on the machine.</param>
/// <param name="DataDir">All its files live below here, images included.</param>
public sealed record ContainerdOptions(string ClusterId, string DataDir)
{
    /// <summary>The addresses of this node's pods, for example <c>10.244.0.0/24</c>; the first is the bridge's.</summary>
    public string PodCidr { get; init; } = "10.244.0.0/24";

    /// <summary>The addresses of all nodes' pods: traffic to them keeps its source.</summary>
    public string ClusterCidr { get; init; } = "10.244.0.0/16";

    /// <summary>The services' addresses, which the node routes to its bridge so that its own processes reach them.</summary>
    public string ServiceCidr { get; init; } = "10.96.0.0/16";

    /// <summary>Where pulls from docker.io go first; null pulls from there.</summary>
    public Uri? RegistryMirror { get; init; }

    /// <summary>A network namespace (<c>/run/netns/NAME</c>) to be the node's; null is the machine's own.</summary>
    public string? NetworkNamespace { get; init; }

    /// <summary>Parent of all the cluster's control groups: the kubelet's <c>PodSandboxConfig.CgroupParent</c> begins with it.</summary>
    public string CgroupRoot => $"/xebec-{ClusterId}";

    /// <summary>The containerd to run, looked up in PATH.</summary>
    public string ContainerdPath { get; init; } = "containerd";
}
