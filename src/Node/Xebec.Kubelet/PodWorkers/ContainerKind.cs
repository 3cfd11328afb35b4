namespace Xebec.Kubelet.PodWorkers;

/// <summary>Which list of the pod's spec a container is in.</summary>
internal enum ContainerKind
{
    Regular,
    Init,
    Ephemeral,
}
