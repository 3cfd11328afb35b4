using Xebec.Kubelet.PodWorkers;

namespace Xebec.Kubelet.Probes;

/// <summary>One probe of one running container.</summary>
internal sealed record ProbeTarget(
    Pod Pod, Container Container, ContainerKind ContainerKind, Runtime.ContainerStatus Status, Probe Probe, ProbeKind Kind,
    IReadOnlyList<string> PodIps)
{
    public string PodIp => PodIps.Count > 0 ? PodIps[0] : Pod.Status.PodIP;
}
