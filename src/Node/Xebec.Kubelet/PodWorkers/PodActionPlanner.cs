using Xebec.Kubelet.Pleg;
using Xebec.Kubelet.Probes;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.PodWorkers;

/// <summary>Decides what a sync of a pod has to do. Pure.</summary>
internal static class PodActionPlanner
{
    /// <summary>The actions that bring what the runtime has of a pod nearer to its spec.</summary>
    public static PodActions Compute(Pod pod, RuntimePod observed, ProbeResults probes)
    {
        if (NeedsSandbox(pod, observed))
            return PlanNewSandbox(pod, observed);
        var sandboxId = observed.Sandboxes[0].Id;
        var kill = new List<ContainerKill>();
        var start = new List<ContainerStart>();
        PlanEphemeral(pod, observed, start);
        var outcome = InitContainerPlanner.Plan(pod, observed, probes, kill, start);
        if (outcome == InitOutcome.Failed)
            return new PodActions { KillPod = true, SandboxId = sandboxId };
        var kept = 0;
        if (outcome == InitOutcome.Done)
            kept = PlanRegular(pod, observed, probes, kill, start);
        var finished = outcome == InitOutcome.Done && kept == 0 && !start.Any(s => s.Kind == ContainerKind.Regular);
        return finished
            ? new PodActions { KillPod = true, SandboxId = sandboxId }
            : new PodActions { SandboxId = sandboxId, Kill = kill, Start = start };
    }

    /// <summary>Whether a container that does not run is to be started again.</summary>
    public static bool ShouldStart(Pod pod, Container container, ContainerKind kind, Runtime.ContainerStatus? status)
    {
        if (status is null || status.State is Runtime.ContainerState.Created or Runtime.ContainerState.Unknown)
            return true;
        if (status.State == Runtime.ContainerState.Running)
            return false;
        return RestartRules.ShouldRestart(pod, container, kind, status.ExitCode);
    }

    private static bool NeedsSandbox(Pod pod, RuntimePod observed)
    {
        if (observed.ReadySandbox is not { } sandbox)
            return true;
        if (observed.Sandboxes.Count(s => s.State == PodSandboxState.Ready) > 1)
            return true;
        return !pod.Spec.HostNetwork && sandbox.IpAddresses.Count == 0;
    }

    private static PodActions PlanNewSandbox(Pod pod, RuntimePod observed)
    {
        var attempt = observed.Sandboxes.Count == 0 ? 0 : observed.Sandboxes.Max(s => s.Metadata.Attempt) + 1;
        if (pod.Spec.RestartPolicy == RestartPolicy.Never && attempt > 0 && observed.Containers.Count > 0)
            return new PodActions { KillPod = observed.Sandboxes.Count > 0 };
        var regular = pod.Spec.Containers
            .Where(c => ShouldStart(pod, c, ContainerKind.Regular, Stopped(observed.Newest(c.Name))))
            .Select(c => new ContainerStart(c, ContainerKind.Regular)).ToList();
        if (regular.Count == 0)
            return new PodActions { KillPod = true };
        var start = pod.Spec.InitContainers.Count > 0
            ? [new ContainerStart(pod.Spec.InitContainers[0], ContainerKind.Init)]
            : regular;
        return new PodActions { KillPod = observed.Sandboxes.Count > 0, CreateSandbox = true, SandboxAttempt = attempt, Start = start };
    }

    /// <summary>A container of a dead sandbox is killed with it: treat a running one as failed.</summary>
    private static Runtime.ContainerStatus? Stopped(Runtime.ContainerStatus? status) =>
        status?.State == Runtime.ContainerState.Running ? null : status;

    private static void PlanEphemeral(Pod pod, RuntimePod observed, List<ContainerStart> start)
    {
        foreach (var ephemeral in pod.Spec.EphemeralContainers)
        {
            if (observed.Newest(ephemeral.Name) is null)
                start.Add(new ContainerStart(PodContainers.AsContainer(ephemeral), ContainerKind.Ephemeral));
        }
    }

    private static int PlanRegular(
        Pod pod, RuntimePod observed, ProbeResults probes, List<ContainerKill> kill, List<ContainerStart> start)
    {
        var kept = 0;
        foreach (var container in pod.Spec.Containers)
        {
            var status = observed.Newest(container.Name);
            if (status?.State != Runtime.ContainerState.Running)
            {
                if (ShouldStart(pod, container, ContainerKind.Regular, status))
                    start.Add(new ContainerStart(container, ContainerKind.Regular));
                continue;
            }

            if (KillReasons.Find(container, ContainerKind.Regular, status, probes) is not { } doomed)
            {
                kept++;
                continue;
            }

            AddKill(pod, container, doomed, kill, start);
        }

        return kept;
    }

    private static void AddKill(Pod pod, Container container, ContainerKill doomed, List<ContainerKill> kill, List<ContainerStart> start)
    {
        var changed = KillReasons.DefinitionChanged(container, doomed.Status);
        var restart = changed || PodContainers.RestartPolicyOf(pod, container, ContainerKind.Regular) != RestartPolicy.Never;
        kill.Add(restart ? doomed with { Message = doomed.Message + ", will be restarted" } : doomed);
        if (restart)
            start.Add(new ContainerStart(container, ContainerKind.Regular));
    }
}
