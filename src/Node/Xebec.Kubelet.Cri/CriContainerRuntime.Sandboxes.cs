using Xebec.Kubelet.Cri.Mapping;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Cri;

public sealed partial class CriContainerRuntime
{
    /// <inheritdoc/>
    public async Task<string> RunPodSandboxAsync(PodSandboxConfig config, CancellationToken cancellationToken = default)
    {
        var request = new Wire.RunPodSandboxRequest { Config = SandboxMapping.ToWire(config), RuntimeHandler = config.RuntimeHandler };
        return (await CallAsync(_runtime.RunPodSandboxAsync, request, cancellationToken)).PodSandboxId;
    }

    /// <inheritdoc/>
    public Task StopPodSandboxAsync(string podSandboxId, CancellationToken cancellationToken = default) =>
        CallUnlessGoneAsync(
            _runtime.StopPodSandboxAsync, new Wire.StopPodSandboxRequest { PodSandboxId = podSandboxId }, cancellationToken);

    /// <inheritdoc/>
    public Task RemovePodSandboxAsync(string podSandboxId, CancellationToken cancellationToken = default) =>
        CallUnlessGoneAsync(
            _runtime.RemovePodSandboxAsync, new Wire.RemovePodSandboxRequest { PodSandboxId = podSandboxId }, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PodSandbox>> ListPodSandboxesAsync(
        PodSandboxFilter? filter = null, CancellationToken cancellationToken = default)
    {
        var request = new Wire.ListPodSandboxRequest { Filter = SandboxMapping.ToWire(filter) };
        var answer = await CallAsync(_runtime.ListPodSandboxAsync, request, cancellationToken);
        return [.. answer.Items.Select(SandboxMapping.FromWire)];
    }

    /// <inheritdoc/>
    public async Task<PodSandboxStatus> PodSandboxStatusAsync(string podSandboxId, CancellationToken cancellationToken = default)
    {
        var request = new Wire.PodSandboxStatusRequest { PodSandboxId = podSandboxId };
        return SandboxMapping.FromWire((await CallAsync(_runtime.PodSandboxStatusAsync, request, cancellationToken)).Status);
    }

    /// <inheritdoc/>
    public async Task<PodSandboxStats> PodSandboxStatsAsync(string podSandboxId, CancellationToken cancellationToken = default)
    {
        var request = new Wire.PodSandboxStatsRequest { PodSandboxId = podSandboxId };
        return StatsMapping.FromWire((await CallAsync(_runtime.PodSandboxStatsAsync, request, cancellationToken)).Stats);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PodSandboxStats>> ListPodSandboxStatsAsync(
        PodSandboxFilter? filter = null, CancellationToken cancellationToken = default)
    {
        var request = new Wire.ListPodSandboxStatsRequest { Filter = StatsMapping.ToWire(filter) };
        var answer = await CallAsync(_runtime.ListPodSandboxStatsAsync, request, cancellationToken);
        return [.. answer.Stats.Select(StatsMapping.FromWire)];
    }

    /// <inheritdoc/>
    public async Task<Uri> PortForwardAsync(string podSandboxId, IReadOnlyList<int> ports, CancellationToken cancellationToken = default)
    {
        var request = new Wire.PortForwardRequest { PodSandboxId = podSandboxId, Port = { ports } };
        return new Uri((await CallAsync(_runtime.PortForwardAsync, request, cancellationToken)).Url);
    }
}
