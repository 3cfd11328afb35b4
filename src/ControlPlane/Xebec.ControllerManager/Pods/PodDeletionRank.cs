using System.Globalization;
using Xebec.Api.Core.V1;

namespace Xebec.ControllerManager.Pods;

/// <summary>Which pods go first when there are too many: those whose loss costs least. Upstream's order, ages by powers of two.</summary>
internal sealed class PodDeletionRank(DateTimeOffset now, Func<Pod, int> relatedPodsOnNode) : IComparer<Pod>
{
    private const string DeletionCost = "controller.kubernetes.io/pod-deletion-cost";

    public int Compare(Pod? x, Pod? y)
    {
        var (left, right) = (x!, y!);
        int by;
        if ((by = IsAssigned(left).CompareTo(IsAssigned(right))) != 0)
            return by;
        if ((by = PhaseRank(left).CompareTo(PhaseRank(right))) != 0)
            return by;
        if ((by = PodState.IsReady(left).CompareTo(PodState.IsReady(right))) != 0)
            return by;
        if ((by = Cost(left).CompareTo(Cost(right))) != 0)
            return by;
        if ((by = relatedPodsOnNode(right).CompareTo(relatedPodsOnNode(left))) != 0)
            return by;
        if ((by = CompareAge(ReadySince(left), ReadySince(right))) != 0)
            return by;
        if ((by = PodState.MostRestarts(right).CompareTo(PodState.MostRestarts(left))) != 0)
            return by;
        if ((by = CompareAge(left.Metadata.CreationTimestamp, right.Metadata.CreationTimestamp)) != 0)
            return by;
        return string.CompareOrdinal(left.Metadata.Uid, right.Metadata.Uid);
    }

    private static bool IsAssigned(Pod pod) => pod.Spec.NodeName.Length > 0;

    private static int PhaseRank(Pod pod) => pod.Status.Phase switch { PodPhase.Running => 2, PodPhase.Unknown => 1, _ => 0 };

    private static int Cost(Pod pod) =>
        pod.Metadata.Annotations.TryGetValue(DeletionCost, out var text) &&
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var cost) ? cost : 0;

    private static DateTimeOffset? ReadySince(Pod pod) =>
        PodState.Condition(pod, PodConditionType.Ready) is { Status: ConditionStatus.True } ready ? ready.LastTransitionTime : null;

    /// <summary>The younger first, unknown before known; ages of the same power of two are equal.</summary>
    private int CompareAge(DateTimeOffset? left, DateTimeOffset? right) => AgeBucket(left).CompareTo(AgeBucket(right));

    private int AgeBucket(DateTimeOffset? since)
    {
        if (since is not { } at)
            return -1;
        var seconds = (now - at).TotalSeconds;
        return seconds <= 0 ? 0 : 1 + (int)Math.Log2(1 + (seconds * 1e9));
    }
}
