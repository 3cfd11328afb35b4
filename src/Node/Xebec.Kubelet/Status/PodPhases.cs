using Xebec.Kubelet.PodWorkers;

namespace Xebec.Kubelet.Status;

/// <summary>The phase that a pod's container statuses add up to. Pure.</summary>
internal static class PodPhases
{
    public static string Of(Pod pod, PodStatus status, bool isTerminal)
    {
        if (pod.Status.Phase is PodPhase.Succeeded or PodPhase.Failed)
            return pod.Status.Phase;
        var (pendingInit, failedInit) = CountInit(pod, status);
        if (failedInit > 0 && pod.Spec.RestartPolicy == RestartPolicy.Never)
            return PodPhase.Failed;
        var (waiting, running, stopped, succeeded) = Count(status);
        var missing = pod.Spec.Containers.Count - status.ContainerStatuses.Count;
        if (isTerminal && running == 0 && (stopped > 0 || failedInit > 0))
            return stopped == succeeded && waiting + missing == 0 && pendingInit == 0 ? PodPhase.Succeeded : PodPhase.Failed;
        if (pendingInit > 0 || waiting + missing > 0)
            return PodPhase.Pending;
        if (running > 0)
            return PodPhase.Running;
        return stopped > 0 ? OfStopped(pod, status, stopped == succeeded) : PodPhase.Pending;
    }

    private static string OfStopped(Pod pod, PodStatus status, bool allSucceeded)
    {
        foreach (var container in pod.Spec.Containers)
        {
            var terminated = Find(status.ContainerStatuses, container.Name);
            if (terminated is null || RestartRules.ShouldRestart(pod, container, ContainerKind.Regular, terminated.ExitCode))
                return PodPhase.Running;
        }

        return allSucceeded ? PodPhase.Succeeded : PodPhase.Failed;
    }

    private static ContainerStateTerminated? Find(List<ContainerStatus> statuses, string name)
    {
        var status = statuses.Find(s => s.Name == name);
        return status?.State.Terminated ?? status?.LastState.Terminated;
    }

    private static (int Pending, int Failed) CountInit(Pod pod, PodStatus status)
    {
        var (pending, failed) = (0, 0);
        foreach (var container in pod.Spec.InitContainers)
        {
            var found = status.InitContainerStatuses.Find(s => s.Name == container.Name);
            if (PodContainers.IsSidecar(container))
            {
                if (found?.Started != true && found?.State.Terminated is null && found?.LastState.Terminated is null)
                    pending++;
            }
            else if (found?.State.Terminated is { } terminated)
            {
                failed += terminated.ExitCode == 0 ? 0 : 1;
                pending += terminated.ExitCode == 0 ? 0 : 1;
            }
            else
            {
                pending++;
            }
        }

        return (pending, failed);
    }

    private static (int Waiting, int Running, int Stopped, int Succeeded) Count(PodStatus status)
    {
        var (waiting, running, stopped, succeeded) = (0, 0, 0, 0);
        foreach (var container in status.ContainerStatuses)
        {
            if (container.State.Running is not null)
                running++;
            else if (container.State.Terminated is { } terminated)
                (stopped, succeeded) = (stopped + 1, succeeded + (terminated.ExitCode == 0 ? 1 : 0));
            else if (container.LastState.Terminated is not null)
                stopped++;
            else
                waiting++;
        }

        return (waiting, running, stopped, succeeded);
    }
}
