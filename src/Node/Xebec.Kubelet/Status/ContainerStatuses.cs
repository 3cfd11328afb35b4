using Xebec.Kubelet.Pleg;
using Xebec.Kubelet.PodWorkers;
using Xebec.Kubelet.Probes;

namespace Xebec.Kubelet.Status;

/// <summary>Turns what the runtime says of a container into its API status. Pure.</summary>
internal static class ContainerStatuses
{
    public const string ContainerCreating = "ContainerCreating";
    public const string PodInitializing = "PodInitializing";

    public static ContainerStatus Generate(PodStatusInput input, Container container, ContainerKind kind)
    {
        var observed = input.Observed.Newest(container.Name);
        var previous = Previous(input, container.Name, kind);
        if (observed is null)
            return NotCreated(input, container, kind, previous);
        var status = FromRuntime(input, container, observed);
        AddLastState(input, observed, previous, status);
        ApplyWaitReason(input, container, kind, observed, status);
        SetReady(input, container, kind, observed, status);
        return status;
    }

    public static ContainerStateTerminated Terminated(PodStatusInput input, Runtime.ContainerStatus observed) => new()
    {
        ExitCode = observed.ExitCode,
        Reason = observed.Reason.Length > 0 ? observed.Reason : observed.ExitCode == 0 ? "Completed" : "Error",
        Message = input.TerminationMessage(observed),
        StartedAt = observed.StartedAt,
        FinishedAt = observed.FinishedAt,
        ContainerID = $"{input.RuntimeName}://{observed.Id}",
    };

    private static ContainerStatus? Previous(PodStatusInput input, string name, ContainerKind kind) => (kind switch
    {
        ContainerKind.Init => input.Previous.InitContainerStatuses,
        ContainerKind.Ephemeral => input.Previous.EphemeralContainerStatuses,
        _ => input.Previous.ContainerStatuses,
    }).Find(status => status.Name == name);

    private static ContainerStatus NotCreated(PodStatusInput input, Container container, ContainerKind kind, ContainerStatus? previous)
    {
        if (previous?.State.Terminated is not null)
            return previous.DeepClone();
        var waiting = input.WaitReasons.TryGetValue(container.Name, out var reason)
            ? new ContainerStateWaiting { Reason = reason.Reason, Message = reason.Message }
            : new ContainerStateWaiting { Reason = DefaultReason(input, kind) };
        var status = new ContainerStatus
        {
            Name = container.Name,
            Image = container.Image,
            Started = false,
            State = new ContainerState { Waiting = waiting },
            RestartCount = previous?.RestartCount ?? 0,
        };
        if (previous?.State.Running is { } lost)
            SetLost(input, previous, lost, status);
        else if (previous is not null)
            status.LastState = previous.LastState.DeepClone();
        return status;
    }

    private static string DefaultReason(PodStatusInput input, ContainerKind kind) =>
        input.Pod.Spec.InitContainers.Count > 0 && kind != ContainerKind.Ephemeral ? PodInitializing : ContainerCreating;

    private static void SetLost(PodStatusInput input, ContainerStatus previous, ContainerStateRunning running, ContainerStatus status)
    {
        var terminated = new ContainerStateTerminated
        {
            ExitCode = 137,
            Reason = "ContainerStatusUnknown",
            Message = "The container could not be located when the pod was terminated",
            StartedAt = running.StartedAt,
            ContainerID = previous.ContainerID,
        };
        if (input.IsTerminal)
            status.State = new ContainerState { Terminated = terminated };
        else
            status.LastState = new ContainerState { Terminated = terminated };
    }

    private static ContainerStatus FromRuntime(PodStatusInput input, Container container, Runtime.ContainerStatus observed) => new()
    {
        Name = container.Name,
        Image = observed.Image.Length > 0 ? observed.Image : container.Image,
        ImageID = observed.ImageRef,
        ContainerID = $"{input.RuntimeName}://{observed.Id}",
        RestartCount = RuntimeLabels.RestartCountOf(observed),
        State = StateOf(input, observed),
        Resources = HasResources(container) ? container.Resources.DeepClone() : null,
        AllocatedResources = new(container.Resources.Requests),
        VolumeMounts = [.. container.VolumeMounts.Select(MountStatus)],
    };

    private static bool HasResources(Container container) =>
        container.Resources.Requests.Count > 0 || container.Resources.Limits.Count > 0;

    private static VolumeMountStatus MountStatus(VolumeMount mount) => new()
    {
        Name = mount.Name,
        MountPath = mount.MountPath,
        ReadOnly = mount.ReadOnly,
        RecursiveReadOnly = mount.ReadOnly ? mount.RecursiveReadOnly ?? RecursiveReadOnlyMode.Disabled : null,
    };

    private static ContainerState StateOf(PodStatusInput input, Runtime.ContainerStatus observed) => observed.State switch
    {
        Runtime.ContainerState.Running => new() { Running = new() { StartedAt = observed.StartedAt } },
        Runtime.ContainerState.Exited => new() { Terminated = Terminated(input, observed) },
        _ => new() { Waiting = new() { Reason = ContainerCreating } },
    };

    private static void AddLastState(
        PodStatusInput input, Runtime.ContainerStatus observed, ContainerStatus? previous, ContainerStatus status)
    {
        if (input.Observed.Before(observed) is { State: Runtime.ContainerState.Exited } before)
            status.LastState = new ContainerState { Terminated = Terminated(input, before) };
        else if (previous is not null && previous.ContainerID == status.ContainerID)
            status.LastState = previous.LastState.DeepClone();
        else if (previous?.State.Terminated is { } terminated)
            status.LastState = new ContainerState { Terminated = terminated.DeepClone() };
        else if (previous is not null)
            status.LastState = previous.LastState.DeepClone();
    }

    private static void ApplyWaitReason(
        PodStatusInput input, Container container, ContainerKind kind, Runtime.ContainerStatus observed, ContainerStatus status)
    {
        if (observed.State == Runtime.ContainerState.Running || input.IsTerminal ||
            !input.WaitReasons.TryGetValue(container.Name, out var reason) ||
            !PodActionPlanner.ShouldStart(input.Pod, container, kind, observed))
            return;
        if (status.State.Terminated is not null)
            status.LastState = status.State;
        status.State = new ContainerState { Waiting = new() { Reason = reason.Reason, Message = reason.Message } };
    }

    private static void SetReady(
        PodStatusInput input, Container container, ContainerKind kind, Runtime.ContainerStatus observed, ContainerStatus status)
    {
        var running = status.State.Running is not null;
        var started = running && (container.StartupProbe is null || input.Probes.Startup(observed.Id) == ProbeOutcome.Success);
        status.Started = started;
        if (kind == ContainerKind.Ephemeral)
            return;
        status.Ready = kind == ContainerKind.Init && !PodContainers.IsSidecar(container)
            ? status.State.Terminated is { ExitCode: 0 }
            : started && (container.ReadinessProbe is null || input.Probes.Readiness(observed.Id) == ProbeOutcome.Success);
    }
}
