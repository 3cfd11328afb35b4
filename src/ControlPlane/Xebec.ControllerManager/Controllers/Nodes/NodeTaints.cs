using Xebec.Api.Core.V1;

namespace Xebec.ControllerManager.Controllers.Nodes;

/// <summary>The taints that a node's conditions call for.</summary>
internal static class NodeTaints
{
    public const string NotReady = "node.kubernetes.io/not-ready";
    public const string Unreachable = "node.kubernetes.io/unreachable";
    private const string Unschedulable = "node.kubernetes.io/unschedulable";

    private static readonly (string Condition, string Status, string Key)[] ByCondition =
    [
        (NodeConditionType.Ready, ConditionStatus.False, NotReady),
        (NodeConditionType.Ready, ConditionStatus.Unknown, Unreachable),
        (NodeConditionType.MemoryPressure, ConditionStatus.True, "node.kubernetes.io/memory-pressure"),
        (NodeConditionType.DiskPressure, ConditionStatus.True, "node.kubernetes.io/disk-pressure"),
        (NodeConditionType.PIDPressure, ConditionStatus.True, "node.kubernetes.io/pid-pressure"),
        (NodeConditionType.NetworkUnavailable, ConditionStatus.True, "node.kubernetes.io/network-unavailable"),
    ];

    private static readonly HashSet<string> Managed = new(ByCondition.Select(c => c.Key).Append(Unschedulable), StringComparer.Ordinal);

    /// <summary>All taints as they should be; those of others stay. The same list when nothing changes.</summary>
    public static List<Taint> Desired(Node node, DateTimeOffset now)
    {
        var wanted = Wanted(node).ToHashSet();
        var present = node.Spec.Taints.Where(IsManaged).Select(t => (t.Key, t.Effect)).ToHashSet();
        if (wanted.SetEquals(present))
            return node.Spec.Taints;
        var taints = node.Spec.Taints.Where(t => !IsManaged(t) || wanted.Contains((t.Key, t.Effect))).ToList();
        foreach (var (key, effect) in wanted.Except(present))
            taints.Add(new Taint { Key = key, Effect = effect, TimeAdded = now });
        return taints;
    }

    private static bool IsManaged(Taint taint) => Managed.Contains(taint.Key) && taint.Effect != TaintEffect.PreferNoSchedule &&
        (taint.Effect == TaintEffect.NoSchedule || taint.Key is NotReady or Unreachable);

    private static IEnumerable<(string Key, string Effect)> Wanted(Node node)
    {
        foreach (var (type, status, key) in ByCondition)
        {
            if (node.Status.Conditions.Find(c => c.Type == type)?.Status != status)
                continue;
            yield return (key, TaintEffect.NoSchedule);
            if (type == NodeConditionType.Ready)
                yield return (key, TaintEffect.NoExecute);
        }

        if (node.Spec.Unschedulable)
            yield return (Unschedulable, TaintEffect.NoSchedule);
    }
}
