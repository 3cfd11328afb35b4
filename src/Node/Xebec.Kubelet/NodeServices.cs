using Microsoft.Extensions.Logging;
using Xebec.ApiMachinery.Quantities;
using Xebec.Client;
using Xebec.Kubelet.Containers;
using Xebec.Kubelet.Events;
using Xebec.Kubelet.Images;
using Xebec.Kubelet.PodWorkers;
using Xebec.Kubelet.Probes;
using Xebec.Kubelet.Runtime;
using Xebec.Kubelet.Status;
using Xebec.Kubelet.Volumes;

namespace Xebec.Kubelet;

/// <summary>The parts of one node agent that pod workers share.</summary>
internal sealed record NodeServices
{
    public required KubeletOptions Options { get; init; }

    public required ApiClient Client { get; init; }

    public required IContainerRuntime Runtime { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILogger Logger { get; init; }

    public required KubeletEvents Events { get; init; }

    public required StatusManager Statuses { get; init; }

    public required ProbeResults ProbeResults { get; init; }

    public required ImagePuller Images { get; init; }

    public required PodObjects Objects { get; init; }

    public required PodFolders Folders { get; init; }

    public required VolumeMounter Volumes { get; init; }

    public required PodCgroups Cgroups { get; init; }

    public required IReadOnlyDictionary<string, Quantity> Allocatable { get; init; }

    /// <summary>The runtime's name, which container ids start with.</summary>
    public string RuntimeName { get; init; } = "containerd";

    public BackOff RestartBackOff { get; } = new(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5));

    public HttpMessageInvoker HookClient { get; } = ProbeHttp.CreateInvoker();
}
