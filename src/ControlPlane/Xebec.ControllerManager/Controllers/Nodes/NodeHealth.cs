using Xebec.Api.Core.V1;

namespace Xebec.ControllerManager.Controllers.Nodes;

/// <summary>What a node that fell silent is reported as.</summary>
internal static class NodeHealth
{
    private static readonly string[] Types =
        [NodeConditionType.Ready, NodeConditionType.MemoryPressure, NodeConditionType.DiskPressure, NodeConditionType.PIDPressure];

    /// <summary>The status with every condition Unknown; null when it is so already.</summary>
    public static NodeStatus? Unknown(Node node, DateTimeOffset now)
    {
        if (Array.TrueForAll(Types, t => node.Status.Conditions.Find(c => c.Type == t) is { Status: ConditionStatus.Unknown }))
            return null;
        var status = node.Status.DeepClone();
        foreach (var type in Types)
            SetUnknown(status, type, node, now);
        return status;
    }

    private static void SetUnknown(NodeStatus status, string type, Node node, DateTimeOffset now)
    {
        var condition = status.Conditions.Find(c => c.Type == type);
        if (condition is null)
        {
            condition = new NodeCondition
            {
                Type = type, Reason = "NodeStatusNeverUpdated", Message = "Kubelet never posted node status.",
                    LastHeartbeatTime = node.Metadata.CreationTimestamp,
            };
            status.Conditions.Add(condition);
        }
        else if (condition.Status != ConditionStatus.Unknown)
        {
            (condition.Reason, condition.Message) = ("NodeStatusUnknown", "Kubelet stopped posting node status.");
        }

        if (condition.Status != ConditionStatus.Unknown)
            condition.LastTransitionTime = now;
        condition.Status = ConditionStatus.Unknown;
    }
}
