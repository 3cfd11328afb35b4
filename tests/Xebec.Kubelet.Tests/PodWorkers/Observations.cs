using Xebec.Api.Core.V1;
using Xebec.Kubelet.Pleg;
using Xebec.Kubelet.PodWorkers;
using Xebec.Kubelet.Runtime;
using Container = Xebec.Api.Core.V1.Container;

namespace Xebec.Kubelet.Tests.PodWorkers;

/// <summary>Builds what a runtime says of a pod, for tables.</summary>
internal sealed class Observations
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly List<PodSandboxStatus> _sandboxes = [];
    private readonly List<Runtime.ContainerStatus> _containers = [];
    private readonly Dictionary<string, string> _sandboxIds = [];

    public Observations Sandbox(bool ready = true, string ip = "10.244.0.5")
    {
        var attempt = (uint)_sandboxes.Count;
        _sandboxes.Insert(0, new PodSandboxStatus(
            $"s{attempt}", new PodSandboxMetadata("web", "default", "u1", attempt), ready ? PodSandboxState.Ready
                : PodSandboxState.NotReady, Start)
        {
            IpAddresses = ready && ip.Length > 0 ? [ip] : [],
        });
        return this;
    }

    public Observations Container(string name, Runtime.ContainerState state, int exitCode = 0, uint attempt = 0, string hash = "")
    {
        var id = $"{name}-{attempt}";
        var annotations = hash.Length > 0
            ? new Dictionary<string, string> { [RuntimeLabels.ContainerHash] = hash }
            : [];
        _containers.Insert(0, new Runtime.ContainerStatus(id, new ContainerMetadata(name, attempt), state, Start)
        {
            StartedAt = Start,
            FinishedAt = state == Runtime.ContainerState.Exited ? Start.AddSeconds(1) : null,
            ExitCode = exitCode,
            Annotations = annotations,
        });
        _sandboxIds[id] = _sandboxes[0].Id;
        return this;
    }

    public RuntimePod Build() => new("u1", _sandboxes, _containers) { SandboxIds = _sandboxIds };
}
