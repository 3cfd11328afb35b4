namespace Xebec.Kubelet.PodWorkers;

/// <summary>A container to kill, with the words for its event and the grace it gets (null: the pod's).</summary>
internal sealed record ContainerKill(Runtime.ContainerStatus Status, string Name, ContainerKind Kind, string Message)
{
    public long? GracePeriodSeconds { get; init; }
}
