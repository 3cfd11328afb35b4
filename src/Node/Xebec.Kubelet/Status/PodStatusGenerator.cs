using Xebec.Kubelet.PodWorkers;

namespace Xebec.Kubelet.Status;

/// <summary>The status of a pod as its API object shows it. Pure.</summary>
internal static class PodStatusGenerator
{
    public static PodStatus Generate(PodStatusInput input)
    {
        var pod = input.Pod;
        var status = new PodStatus
        {
            ObservedGeneration = pod.Metadata.Generation,
            StartTime = input.Previous.StartTime ?? input.Now,
            QosClass = input.Previous.QosClass is { Length: > 0 } given ? given : QosClasses.Of(pod),
            HostIP = input.NodeIp,
            HostIPs = input.NodeIp.Length > 0 ? [new HostIP { Ip = input.NodeIp }] : [],
            NominatedNodeName = input.Previous.NominatedNodeName,
            ResourceClaimStatuses = input.Previous.ResourceClaimStatuses,
            Message = input.Previous.Message,
            Reason = input.Previous.Reason,
        };
        foreach (var (container, kind) in PodContainers.All(pod))
            ListOf(status, kind).Add(ContainerStatuses.Generate(input, container, kind));
        SetAddresses(input, status);
        SetPhase(input, status);
        PodConditions.Apply(input, status);
        return status;
    }

    private static List<ContainerStatus> ListOf(PodStatus status, ContainerKind kind) => kind switch
    {
        ContainerKind.Init => status.InitContainerStatuses,
        ContainerKind.Ephemeral => status.EphemeralContainerStatuses,
        _ => status.ContainerStatuses,
    };

    private static void SetAddresses(PodStatusInput input, PodStatus status)
    {
        IReadOnlyList<string> addresses = input.Pod.Spec.HostNetwork
            ? input.NodeIp.Length > 0 ? [input.NodeIp] : []
            : input.Observed.IpAddresses;
        if (addresses.Count == 0)
        {
            status.PodIP = input.Previous.PodIP;
            status.PodIPs = [.. input.Previous.PodIPs];
            return;
        }

        status.PodIP = addresses[0];
        status.PodIPs = [.. addresses.Select(address => new PodIP { Ip = address })];
    }

    private static void SetPhase(PodStatusInput input, PodStatus status)
    {
        status.Phase = PodPhases.Of(input.Pod, status, input.IsTerminal);
        if (input.Failure is not { } failure || status.Phase == PodPhase.Succeeded)
            return;
        status.Phase = PodPhase.Failed;
        status.Reason = failure.Reason;
        status.Message = failure.Message;
    }
}
