using System.Collections.Frozen;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Pleg;

/// <summary>What the runtime has of one pod: sandboxes and containers, newest first. Immutable.</summary>
internal sealed record RuntimePod(
    string Uid, IReadOnlyList<PodSandboxStatus> Sandboxes, IReadOnlyList<Runtime.ContainerStatus> Containers)
{
    public static RuntimePod Empty(string uid) => new(uid, [], []);

    /// <summary>Container id to the id of its sandbox.</summary>
    public IReadOnlyDictionary<string, string> SandboxIds { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>The newest sandbox, if it is ready.</summary>
    public PodSandboxStatus? ReadySandbox =>
        Sandboxes.Count > 0 && Sandboxes[0].State == PodSandboxState.Ready ? Sandboxes[0] : null;

    public IReadOnlyList<string> IpAddresses => Sandboxes.Count > 0 ? Sandboxes[0].IpAddresses : [];

    public bool HasRunningContainer => Containers.Any(container => container.State == Runtime.ContainerState.Running);

    /// <summary>The newest attempt of a container; with a sandbox id, only one of that sandbox.</summary>
    public Runtime.ContainerStatus? Newest(string containerName, string? sandboxId = null)
    {
        foreach (var container in Containers)
        {
            if (container.Metadata.Name == containerName &&
                (sandboxId is null || SandboxIds.GetValueOrDefault(container.Id) == sandboxId))
                return container;
        }

        return null;
    }

    /// <summary>The attempt before another one, for lastState.</summary>
    public Runtime.ContainerStatus? Before(Runtime.ContainerStatus newest) =>
        Containers.FirstOrDefault(container =>
            container.Metadata.Name == newest.Metadata.Name && container.Metadata.Attempt < newest.Metadata.Attempt);
}
