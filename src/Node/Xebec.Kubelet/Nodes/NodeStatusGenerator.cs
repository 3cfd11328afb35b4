using System.Globalization;
using Xebec.ApiMachinery.Quantities;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Nodes;

/// <summary>The labels and the status of the node's object. Pure.</summary>
internal static class NodeStatusGenerator
{
    public const string KubeletVersion = "v1.36.0";
    private const int MaximumImages = 50;
    private const int MaximumImageNames = 5;

    public static Node NewNode(NodeState state)
    {
        var node = new Node();
        node.Metadata.Name = state.Options.NodeName;
        foreach (var (key, value) in Labels(state))
            node.Metadata.Labels[key] = value;
        if (state.Options.PodCidr.Length > 0)
        {
            node.Spec.PodCIDR = state.Options.PodCidr;
            node.Spec.PodCIDRs = [state.Options.PodCidr];
        }

        node.Status = Generate(state, new NodeStatus());
        return node;
    }

    public static Dictionary<string, string> Labels(NodeState state) => new(state.Options.NodeLabels, StringComparer.Ordinal)
    {
        ["kubernetes.io/hostname"] = state.Options.NodeName,
        ["kubernetes.io/os"] = "linux",
        ["kubernetes.io/arch"] = state.Machine.Architecture,
        ["beta.kubernetes.io/os"] = "linux",
        ["beta.kubernetes.io/arch"] = state.Machine.Architecture,
    };

    public static NodeStatus Generate(NodeState state, NodeStatus previous)
    {
        var capacity = Capacity(state);
        return new NodeStatus
        {
            Capacity = capacity,
            Allocatable = Allocatable(capacity),
            Conditions = Conditions(state, previous),
            Addresses =
            [
                new NodeAddress { Type = NodeAddressType.InternalIP, Address = state.Options.NodeIp },
                new NodeAddress { Type = NodeAddressType.Hostname, Address = state.Options.NodeName },
            ],
            DaemonEndpoints = new NodeDaemonEndpoints { KubeletEndpoint = new DaemonEndpoint { Port = state.ServerPort } },
            NodeInfo = Info(state),
            Images = Images(state.Images),
            RuntimeHandlers = [new NodeRuntimeHandler { Name = "" }],
            VolumesInUse = previous.VolumesInUse,
            VolumesAttached = previous.VolumesAttached,
        };
    }

    public static Dictionary<string, Quantity> Capacity(NodeState state) => new(StringComparer.Ordinal)
    {
        ["cpu"] = new Quantity(state.Machine.Cpus),
        ["memory"] = new Quantity(state.Machine.MemoryBytes, QuantityFormat.BinarySI),
        ["ephemeral-storage"] = new Quantity(state.Machine.DiskBytes, QuantityFormat.BinarySI),
        ["pods"] = new Quantity(state.Options.MaxPods),
        ["hugepages-1Gi"] = new Quantity(0),
        ["hugepages-2Mi"] = new Quantity(0),
    };

    /// <summary>The capacity less what eviction keeps free: 100 MiB of memory and a tenth of the disk.</summary>
    public static Dictionary<string, Quantity> Allocatable(Dictionary<string, Quantity> capacity)
    {
        var allocatable = new Dictionary<string, Quantity>(capacity, StringComparer.Ordinal);
        const decimal ReservedBytes = 100 * 1024 * 1024;
        if (capacity["memory"].Value > ReservedBytes)
            allocatable["memory"] = new Quantity(capacity["memory"].Value - ReservedBytes, QuantityFormat.BinarySI);
        allocatable["ephemeral-storage"] = new Quantity(decimal.Floor(capacity["ephemeral-storage"].Value * 0.9m));
        return allocatable;
    }

    private static List<NodeCondition> Conditions(NodeState state, NodeStatus previous)
    {
        List<NodeCondition> ours =
        [
            Pressure(NodeConditionType.MemoryPressure, state.Pressure.Memory, "KubeletHasInsufficientMemory",
                "kubelet has insufficient memory available", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
            Pressure(NodeConditionType.DiskPressure, state.Pressure.Disk, "KubeletHasDiskPressure", "kubelet has disk pressure",
                "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
            Pressure(NodeConditionType.PIDPressure, state.Pressure.Pid, "KubeletHasInsufficientPID",
                "kubelet has insufficient PID available", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
            Ready(state),
        ];
        foreach (var condition in ours)
        {
            var before = previous.Conditions.Find(c => c.Type == condition.Type);
            condition.LastHeartbeatTime = state.Now;
            condition.LastTransitionTime = before?.Status == condition.Status ? before.LastTransitionTime : state.Now;
        }

        return [.. ours, .. previous.Conditions.Where(c => !ours.Exists(o => o.Type == c.Type))];
    }

    private static NodeCondition Pressure(string type, bool has, string reason, string message, string noReason, string noMessage) => new()
    {
        Type = type,
        Status = has ? "True" : "False",
        Reason = has ? reason : noReason,
        Message = has ? message : noMessage,
    };

    private static NodeCondition Ready(NodeState state)
    {
        var problem = state.RuntimeError.Length > 0 ? $"container runtime is down: {state.RuntimeError}"
            : state.RuntimeStatus is null ? "container runtime status check may not have completed yet"
            : !state.RuntimeStatus.IsRuntimeReady ? Describe(state.RuntimeStatus, RuntimeCondition.RuntimeReady)
            : !state.RuntimeStatus.IsNetworkReady ? Describe(state.RuntimeStatus, RuntimeCondition.NetworkReady)
            : null;
        return new NodeCondition
        {
            Type = NodeConditionType.Ready,
            Status = problem is null ? "True" : "False",
            Reason = problem is null ? "KubeletReady" : "KubeletNotReady",
            Message = problem ?? "kubelet is posting ready status",
        };
    }

    private static string Describe(RuntimeStatus status, string type)
    {
        var condition = status.Conditions.FirstOrDefault(c => c.Type == type);
        var what = type == RuntimeCondition.NetworkReady ? "network " : "";
        return $"container runtime {what}not ready: {type}=false reason:{condition?.Reason} message:{condition?.Message}";
    }

    private static NodeSystemInfo Info(NodeState state) => new()
    {
        MachineID = state.Machine.MachineId,
        SystemUUID = StableUuid.Of($"{state.Options.ClusterId}/{state.Options.NodeName}/{state.Machine.MachineId}"),
        BootID = state.Machine.BootId,
        KernelVersion = state.Machine.KernelVersion,
        OsImage = state.Machine.OsImage,
        ContainerRuntimeVersion = $"{state.Runtime.RuntimeName}://{state.Runtime.Version.TrimStart('v')}",
        KubeletVersion = KubeletVersion,
        OperatingSystem = "linux",
        Architecture = state.Machine.Architecture,
    };

    private static List<ContainerImage> Images(IReadOnlyList<Image> images) =>
    [
        .. images.Where(image => image.RepoTags.Count + image.RepoDigests.Count > 0)
            .OrderByDescending(image => image.SizeBytes).ThenBy(image => image.Id, StringComparer.Ordinal).Take(MaximumImages)
            .Select(image => new ContainerImage
            {
                Names = [.. image.RepoDigests.Concat(image.RepoTags).Take(MaximumImageNames)],
                SizeBytes = long.CreateSaturating(image.SizeBytes),
            }),
    ];
}
