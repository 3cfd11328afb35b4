namespace Xebec.Kubelet.Runtime;

/// <summary>
/// The container runtime of one node, as CRI's RuntimeService and ImageService describe it. Every call can throw
/// <see cref="RuntimeException"/>; cancelling a call abandons the wait, not the work. Safe for concurrent use.
/// </summary>
public interface IContainerRuntime : IImageService, IAsyncDisposable
{
    /// <summary>Name and version of the runtime.</summary>
    Task<RuntimeVersion> VersionAsync(CancellationToken cancellationToken = default);

    /// <summary>The runtime's conditions (RuntimeReady, NetworkReady).</summary>
    Task<RuntimeStatus> StatusAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Tells the runtime the node's pod CIDR (comma-separated for dual stack); a runtime with its own CNI file ignores it.
    /// </summary>
    Task UpdatePodCidrAsync(string podCidr, CancellationToken cancellationToken = default);

    /// <summary>Creates and starts a pod's sandbox; answers its id once it is ready, its network included.</summary>
    Task<string> RunPodSandboxAsync(PodSandboxConfig config, CancellationToken cancellationToken = default);

    /// <summary>Kills what still runs in the sandbox and gives its network back. Idempotent; an unknown id is no error.</summary>
    Task StopPodSandboxAsync(string podSandboxId, CancellationToken cancellationToken = default);

    /// <summary>Removes the sandbox and its containers. Idempotent; an unknown id is no error.</summary>
    Task RemovePodSandboxAsync(string podSandboxId, CancellationToken cancellationToken = default);

    /// <summary>The sandboxes that match the filter (null: all), in no particular order.</summary>
    Task<IReadOnlyList<PodSandbox>> ListPodSandboxesAsync(PodSandboxFilter? filter = null, CancellationToken cancellationToken = default);

    /// <summary>One sandbox with its IP addresses; NotFound when it does not exist.</summary>
    Task<PodSandboxStatus> PodSandboxStatusAsync(string podSandboxId, CancellationToken cancellationToken = default);

    /// <summary>Creates a container in a sandbox and answers its id; the sandbox's config is the one it was run with.</summary>
    Task<string> CreateContainerAsync(
        string podSandboxId, ContainerConfig config, PodSandboxConfig sandboxConfig, CancellationToken cancellationToken = default);

    /// <summary>Starts a created container.</summary>
    Task StartContainerAsync(string containerId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Sends the stop signal, and kills after <paramref name="timeoutSeconds"/> (0: at once). Returns when it has exited. Idempotent.
    /// </summary>
    Task StopContainerAsync(string containerId, long timeoutSeconds, CancellationToken cancellationToken = default);

    /// <summary>Removes the container, killing it if it runs. Idempotent; an unknown id is no error.</summary>
    Task RemoveContainerAsync(string containerId, CancellationToken cancellationToken = default);

    /// <summary>The containers that match the filter (null: all), in no particular order.</summary>
    Task<IReadOnlyList<Container>> ListContainersAsync(ContainerFilter? filter = null, CancellationToken cancellationToken = default);

    /// <summary>One container in detail; NotFound when it does not exist.</summary>
    Task<ContainerStatus> ContainerStatusAsync(string containerId, CancellationToken cancellationToken = default);

    /// <summary>Changes the limits of a running container; fields left at their defaults stay as they are.</summary>
    Task UpdateContainerResourcesAsync(
        string containerId, LinuxContainerResources resources, CancellationToken cancellationToken = default);

    /// <summary>Makes the runtime open the container's log path again after the file was rotated away.</summary>
    Task ReopenContainerLogAsync(string containerId, CancellationToken cancellationToken = default);

    /// <summary>Runs a command to its end; DeadlineExceeded after <paramref name="timeoutSeconds"/> (0: no limit).</summary>
    Task<ExecSyncResult> ExecSyncAsync(
        string containerId, IReadOnlyList<string> command, long timeoutSeconds, CancellationToken cancellationToken = default);

    /// <summary>The one-time URL on the runtime's streaming server where this exec is carried out.</summary>
    Task<Uri> ExecAsync(ExecRequest request, CancellationToken cancellationToken = default);

    /// <summary>The one-time URL on the runtime's streaming server where this attach is carried out.</summary>
    Task<Uri> AttachAsync(AttachRequest request, CancellationToken cancellationToken = default);

    /// <summary>The one-time URL on the runtime's streaming server that forwards to these ports of the sandbox.</summary>
    Task<Uri> PortForwardAsync(string podSandboxId, IReadOnlyList<int> ports, CancellationToken cancellationToken = default);

    /// <summary>Usage of one container; NotFound when it does not exist.</summary>
    Task<ContainerStats> ContainerStatsAsync(string containerId, CancellationToken cancellationToken = default);

    /// <summary>Usage of the running containers that match the filter (null: all).</summary>
    Task<IReadOnlyList<ContainerStats>> ListContainerStatsAsync(
        ContainerFilter? filter = null, CancellationToken cancellationToken = default);

    /// <summary>Usage of one pod, its network included; NotFound when it does not exist.</summary>
    Task<PodSandboxStats> PodSandboxStatsAsync(string podSandboxId, CancellationToken cancellationToken = default);

    /// <summary>Usage of the pods that match the filter (null: all; its state is not looked at).</summary>
    Task<IReadOnlyList<PodSandboxStats>> ListPodSandboxStatsAsync(
        PodSandboxFilter? filter = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// What happens to containers and sandboxes, until cancelled. Starts with <see cref="RuntimeEventType.Resync"/> and yields it again
    /// after every gap (lost connection, overflow): the reader must list then. Events are hints; the lists are the truth, and at a
    /// <see cref="RuntimeEventType.Stopped"/> they know of it already.
    /// </summary>
    IAsyncEnumerable<RuntimeEvent> WatchEventsAsync(CancellationToken cancellationToken = default);
}
