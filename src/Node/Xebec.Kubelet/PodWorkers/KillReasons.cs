using Xebec.Kubelet.Pleg;
using Xebec.Kubelet.Probes;

namespace Xebec.Kubelet.PodWorkers;

/// <summary>Why a running container has to be killed: its definition changed, or a probe of it failed.</summary>
internal static class KillReasons
{
    public static ContainerKill? Find(Container container, ContainerKind kind, Runtime.ContainerStatus status, ProbeResults probes)
    {
        if (DefinitionChanged(container, status))
            return new ContainerKill(status, container.Name, kind, $"Container {container.Name} definition changed");
        if (probes.Liveness(status.Id) == ProbeOutcome.Failure)
            return Failed(container, kind, status, "liveness", container.LivenessProbe);
        if (probes.Startup(status.Id) == ProbeOutcome.Failure)
            return Failed(container, kind, status, "startup", container.StartupProbe);
        return null;
    }

    public static bool DefinitionChanged(Container container, Runtime.ContainerStatus status) =>
        status.Annotations.TryGetValue(RuntimeLabels.ContainerHash, out var hash) && hash != ContainerHash.Of(container);

    private static ContainerKill Failed(
        Container container, ContainerKind kind, Runtime.ContainerStatus status, string probeType, Probe? probe) =>
        new(status, container.Name, kind, $"Container {container.Name} failed {probeType} probe")
        {
            GracePeriodSeconds = probe?.TerminationGracePeriodSeconds,
        };
}
