using Xebec.Kubelet.Cri.Mapping;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Cri;

public sealed partial class CriContainerRuntime
{
    /// <inheritdoc/>
    public async Task<string> CreateContainerAsync(
        string podSandboxId, ContainerConfig config, PodSandboxConfig sandboxConfig, CancellationToken cancellationToken = default)
    {
        var request = new Wire.CreateContainerRequest
        {
            PodSandboxId = podSandboxId,
            Config = ContainerMapping.ToWire(config),
            SandboxConfig = SandboxMapping.ToWire(sandboxConfig),
        };
        return (await CallAsync(_runtime.CreateContainerAsync, request, cancellationToken)).ContainerId;
    }

    /// <inheritdoc/>
    public Task StartContainerAsync(string containerId, CancellationToken cancellationToken = default) =>
        CallAsync(_runtime.StartContainerAsync, new Wire.StartContainerRequest { ContainerId = containerId }, cancellationToken);

    /// <inheritdoc/>
    public Task StopContainerAsync(string containerId, long timeoutSeconds, CancellationToken cancellationToken = default) =>
        CallUnlessGoneAsync(
            _runtime.StopContainerAsync,
            new Wire.StopContainerRequest { ContainerId = containerId, Timeout = timeoutSeconds },
            cancellationToken);

    /// <inheritdoc/>
    public Task RemoveContainerAsync(string containerId, CancellationToken cancellationToken = default) =>
        CallUnlessGoneAsync(
            _runtime.RemoveContainerAsync, new Wire.RemoveContainerRequest { ContainerId = containerId }, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Container>> ListContainersAsync(
        ContainerFilter? filter = null, CancellationToken cancellationToken = default)
    {
        var request = new Wire.ListContainersRequest { Filter = ContainerMapping.ToWire(filter) };
        var answer = await CallAsync(_runtime.ListContainersAsync, request, cancellationToken);
        return [.. answer.Containers.Select(ContainerMapping.FromWire)];
    }

    /// <inheritdoc/>
    public async Task<ContainerStatus> ContainerStatusAsync(string containerId, CancellationToken cancellationToken = default)
    {
        var request = new Wire.ContainerStatusRequest { ContainerId = containerId };
        return ContainerMapping.FromWire((await CallAsync(_runtime.ContainerStatusAsync, request, cancellationToken)).Status);
    }

    /// <inheritdoc/>
    public Task UpdateContainerResourcesAsync(
        string containerId, LinuxContainerResources resources, CancellationToken cancellationToken = default)
    {
        var request = new Wire.UpdateContainerResourcesRequest { ContainerId = containerId, Linux = ResourcesMapping.ToWire(resources) };
        return CallAsync(_runtime.UpdateContainerResourcesAsync, request, cancellationToken);
    }

    /// <inheritdoc/>
    public Task ReopenContainerLogAsync(string containerId, CancellationToken cancellationToken = default) =>
        CallAsync(_runtime.ReopenContainerLogAsync, new Wire.ReopenContainerLogRequest { ContainerId = containerId }, cancellationToken);

    /// <inheritdoc/>
    public async Task<ContainerStats> ContainerStatsAsync(string containerId, CancellationToken cancellationToken = default)
    {
        var request = new Wire.ContainerStatsRequest { ContainerId = containerId };
        return StatsMapping.FromWire((await CallAsync(_runtime.ContainerStatsAsync, request, cancellationToken)).Stats);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ContainerStats>> ListContainerStatsAsync(
        ContainerFilter? filter = null, CancellationToken cancellationToken = default)
    {
        var request = new Wire.ListContainerStatsRequest { Filter = StatsMapping.ToWire(filter) };
        var answer = await CallAsync(_runtime.ListContainerStatsAsync, request, cancellationToken);
        return [.. answer.Stats.Select(StatsMapping.FromWire)];
    }
}
