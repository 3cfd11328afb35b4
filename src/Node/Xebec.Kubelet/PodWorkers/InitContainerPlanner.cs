using Xebec.Kubelet.Pleg;
using Xebec.Kubelet.Probes;

namespace Xebec.Kubelet.PodWorkers;

/// <summary>Runs init containers one after the other, and keeps the restartable ones among them running. Pure.</summary>
internal static class InitContainerPlanner
{
    public static InitOutcome Plan(
        Pod pod, RuntimePod observed, ProbeResults probes, List<ContainerKill> kill, List<ContainerStart> start)
    {
        var init = pod.Spec.InitContainers;
        var sandboxId = observed.Sandboxes[0].Id;
        var initialized = pod.Spec.Containers.Any(c => observed.Newest(c.Name, sandboxId) is not null);
        var newestStarted = NewestStarted(init, observed, sandboxId);
        for (var i = 0; i < init.Count; i++)
        {
            var status = observed.Newest(init[i].Name, sandboxId);
            var step = PodContainers.IsSidecar(init[i])
                ? PlanSidecar(init[i], status, probes, kill, start)
                : PlanOrdinary(pod, init[i], status, initialized || i < newestStarted, start);
            if (step == InitOutcome.Failed || (step == InitOutcome.Pending && !initialized))
                return step;
        }

        return InitOutcome.Done;
    }

    private static int NewestStarted(List<Container> init, RuntimePod observed, string sandboxId)
    {
        for (var i = init.Count - 1; i >= 0; i--)
        {
            if (observed.Newest(init[i].Name, sandboxId) is not null)
                return i;
        }

        return -1;
    }

    private static InitOutcome PlanSidecar(
        Container container, Runtime.ContainerStatus? status, ProbeResults probes, List<ContainerKill> kill, List<ContainerStart> start)
    {
        if (status?.State != Runtime.ContainerState.Running)
        {
            start.Add(new ContainerStart(container, ContainerKind.Init));
            return InitOutcome.Pending;
        }

        if (KillReasons.Find(container, ContainerKind.Init, status, probes) is { } doomed)
        {
            kill.Add(doomed with { Message = doomed.Message + ", will be restarted" });
            start.Add(new ContainerStart(container, ContainerKind.Init));
            return InitOutcome.Pending;
        }

        return container.StartupProbe is null || probes.Startup(status.Id) == ProbeOutcome.Success ? InitOutcome.Done : InitOutcome.Pending;
    }

    private static InitOutcome PlanOrdinary(
        Pod pod, Container container, Runtime.ContainerStatus? status, bool passed, List<ContainerStart> start)
    {
        if (passed || status is { State: Runtime.ContainerState.Exited, ExitCode: 0 })
            return InitOutcome.Done;
        if (status?.State == Runtime.ContainerState.Running)
            return InitOutcome.Pending;
        if (!PodActionPlanner.ShouldStart(pod, container, ContainerKind.Init, status))
            return InitOutcome.Failed;
        start.Add(new ContainerStart(container, ContainerKind.Init));
        return InitOutcome.Pending;
    }
}
