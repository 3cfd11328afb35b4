using System.Net;
using System.Net.NetworkInformation;
using Xebec.ComponentBase.Certificates;
using Xebec.Dns;
using Xebec.Kubelet;
using Xebec.Kubelet.Cri.Containerd;
using Xebec.Proxy;

namespace Xebec.Host.Clusters;

/// <summary>What the parts of this machine's node are told, so that they agree.</summary>
internal static class NodeSettings
{
    private const string PodCidr = "10.244.0.0/24";
    private const string ClusterCidr = "10.244.0.0/16";
    private const int KubeletPort = 10250;
    private static readonly IPAddress BridgeAddress = IPAddress.Parse("10.244.0.1");
    private static readonly IPAddress DnsClusterIP = IPAddress.Parse("10.96.0.10");

    public static ContainerdOptions Containerd(DataFolder folder, string clusterId, string? registryMirror) =>
        new(clusterId, Path.Combine(folder.Node, "containerd"))
        {
            PodCidr = PodCidr,
            ClusterCidr = ClusterCidr,
            RegistryMirror = registryMirror is null ? null : new Uri(registryMirror),
        };

    public static KubeletOptions Kubelet(ComponentContext context)
    {
        var (folder, state, certificates) = (context.DataFolder, context.State, context.Certificates);
        var serving = certificates.Get("kubelet-server", ClusterProfiles.KubeletServer(state.NodeName, [Machine.Address]));
        return new KubeletOptions
        {
            NodeName = state.NodeName,
            NodeIp = Machine.Address.ToString(),
            RootDirectory = Path.Combine(folder.Node, "kubelet"),
            PodLogsDirectory = Path.Combine(folder.Node, "pod-logs"),
            ClusterDns = DnsClusterIP.ToString(),
            PodCidr = PodCidr,
            ClusterId = state.Id,
            CgroupRoot = Containerd(folder, state.Id, null).CgroupRoot,
            Port = IsTaken(KubeletPort) ? 0 : KubeletPort,
            ServerCertificate = () => serving.Current.Certificate,
            ClientCertificateAuthorities = [certificates.Authority.Root.Certificate],
        };
    }

    public static ProxyOptions Proxy(ClusterState state) =>
        new() { ClusterId = state.Id, NodeName = state.NodeName, ClusterCidrs = [ClusterCidr] };

    public static DnsOptions Dns(ClusterState state) =>
        new() { NodeName = state.NodeName, Listen = new IPEndPoint(BridgeAddress, 53), ClusterIP = DnsClusterIP };

    private static bool IsTaken(int port) =>
        IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(listener => listener.Port == port);
}
