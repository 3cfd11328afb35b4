namespace Xebec.Kubelet.PodWorkers;

/// <summary>A container to start.</summary>
internal sealed record ContainerStart(Container Container, ContainerKind Kind);
