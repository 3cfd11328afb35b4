using Xebec.Kubelet.Pleg;
using Xebec.Kubelet.PodWorkers;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Containers;

/// <summary>The runtime's configuration of a pod's sandbox. Pure.</summary>
internal static class SandboxConfigs
{
    public static PodSandboxConfig Build(
        Pod pod, uint attempt, KubeletOptions options, PodFolders folders, DnsConfig hostDns, string cgroupParent)
    {
        var meta = pod.Metadata;
        return new PodSandboxConfig(new PodSandboxMetadata(meta.Name, meta.Namespace, meta.Uid, attempt))
        {
            Hostname = PodHostnames.OfSandbox(pod, options.ClusterDomain),
            LogDirectory = folders.Logs(meta.Namespace, meta.Name, meta.Uid),
            Dns = PodDns.Of(pod, options.ClusterDns, options.ClusterDomain, hostDns),
            PortMappings = pod.Spec.HostNetwork ? [] : [.. HostPorts(pod)],
            Labels = Labels(pod),
            Annotations = new Dictionary<string, string>(meta.Annotations, StringComparer.Ordinal),
            CgroupParent = cgroupParent,
            SecurityContext = SecurityContexts.ForSandbox(pod, folders.Seccomp),
            Sysctls = (pod.Spec.SecurityContext?.Sysctls ?? []).ToDictionary(s => s.Name, s => s.Value, StringComparer.Ordinal),
        };
    }

    private static IEnumerable<PortMapping> HostPorts(Pod pod)
    {
        foreach (var (container, _) in PodContainers.All(pod))
        {
            foreach (var port in container.Ports.Where(port => port.HostPort > 0))
                yield return new PortMapping(ProtocolOf(port.Protocol), port.ContainerPortValue, port.HostPort, port.HostIP);
        }
    }

    private static PortProtocol ProtocolOf(string protocol) => protocol switch
    {
        Protocol.UDP => PortProtocol.Udp,
        Protocol.SCTP => PortProtocol.Sctp,
        _ => PortProtocol.Tcp,
    };

    private static Dictionary<string, string> Labels(Pod pod)
    {
        var labels = new Dictionary<string, string>(pod.Metadata.Labels, StringComparer.Ordinal)
        {
            [RuntimeLabels.PodName] = pod.Metadata.Name,
            [RuntimeLabels.PodNamespace] = pod.Metadata.Namespace,
            [RuntimeLabels.PodUid] = pod.Metadata.Uid,
        };
        return labels;
    }
}
