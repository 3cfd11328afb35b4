using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Containers;

/// <summary>What a container's runtime configuration is made from.</summary>
internal sealed record ContainerConfigInput(Pod Pod, Container Container, Image Image, int Attempt)
{
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    public IReadOnlyList<Mount> Mounts { get; init; } = [];

    public string QosClass { get; init; } = PodQOSClass.BestEffort;

    public long NodeMemoryBytes { get; init; }

    public string SeccompDirectory { get; init; } = "";

    public string TargetContainerId { get; init; } = "";

    public bool HasLogs { get; init; }
}
