using Xebec.Kubelet.Pleg;
using Xebec.Kubelet.Probes;

namespace Xebec.Kubelet.Status;

/// <summary>All that a pod's status is computed from.</summary>
internal sealed record PodStatusInput(Pod Pod, PodStatus Previous, RuntimePod Observed, ProbeResults Probes, DateTimeOffset Now)
{
    /// <summary>Reasons of containers that could not be started, by container name.</summary>
    public IReadOnlyDictionary<string, WaitReason> WaitReasons { get; init; } = new Dictionary<string, WaitReason>();

    /// <summary>Messages that containers left when they ended, by container id.</summary>
    public Func<Runtime.ContainerStatus, string> TerminationMessage { get; init; } = status => status.Message;

    public string NodeIp { get; init; } = "";

    public string RuntimeName { get; init; } = "containerd";

    /// <summary>Every container has ended for good.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Set when the kubelet itself failed the pod: phase Failed with this reason and message.</summary>
    public WaitReason? Failure { get; init; }
}
