namespace Xebec.Kubelet.PodWorkers;

/// <summary>What one sync of a pod has to do, in this order: kill, sandbox, start.</summary>
internal sealed record PodActions
{
    public static readonly PodActions None = new();

    /// <summary>Kill every container and stop every sandbox.</summary>
    public bool KillPod { get; init; }

    public bool CreateSandbox { get; init; }

    /// <summary>Attempt number of the new sandbox.</summary>
    public uint SandboxAttempt { get; init; }

    /// <summary>The sandbox to use; null when a new one is made.</summary>
    public string? SandboxId { get; init; }

    public IReadOnlyList<ContainerKill> Kill { get; init; } = [];

    public IReadOnlyList<ContainerStart> Start { get; init; } = [];
}
