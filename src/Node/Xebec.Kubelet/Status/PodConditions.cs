using Xebec.Api.Meta.V1;
using Xebec.Kubelet.PodWorkers;

namespace Xebec.Kubelet.Status;

/// <summary>The pod conditions that the kubelet owns. Pure.</summary>
internal static class PodConditions
{
    /// <summary>The types that this kubelet writes; it never touches others.</summary>
    public static readonly string[] Owned =
    [
        PodConditionType.PodReadyToStartContainers, PodConditionType.Initialized, PodConditionType.Ready,
        PodConditionType.ContainersReady, PodConditionType.PodScheduled,
    ];

    private const string Evicted = nameof(Evicted);

    /// <summary>Fills <c>status.conditions</c>: ours computed, others' kept, transition times carried over from before.</summary>
    public static void Apply(PodStatusInput input, PodStatus status)
    {
        List<PodCondition> ours =
        [
            new() { Type = PodConditionType.PodReadyToStartContainers, Status = Text(input.Observed.ReadySandbox is not null) },
            Initialized(input.Pod, status),
            Ready(input, status),
            ContainersReady(input.Pod, status),
            new() { Type = PodConditionType.PodScheduled, Status = Text(true) },
        ];
        if (input.Failure is { Reason: Evicted } eviction)
            ours.Add(With(new PodCondition { Type = PodConditionType.DisruptionTarget }, true, "TerminationByKubelet", eviction.Message));
        foreach (var condition in ours)
        {
            condition.ObservedGeneration = input.Pod.Metadata.Generation;
            var before = input.Previous.Conditions.Find(c => c.Type == condition.Type);
            condition.LastTransitionTime = before is not null && before.Status == condition.Status && before.LastTransitionTime is not null
                ? before.LastTransitionTime
                : input.Now;
        }

        status.Conditions = [.. ours, .. input.Previous.Conditions.Where(c => !ours.Exists(o => o.Type == c.Type)).Select(
            c => c.DeepClone())];
    }

    /// <summary>Whether a condition of ours has another status in one than in the other.</summary>
    public static bool Differ(PodStatus one, PodStatus other) => Owned.Any(type => Of(one, type) != Of(other, type));

    private static string? Of(PodStatus status, string type) => status.Conditions.Find(c => c.Type == type)?.Status;

    private static string Text(bool value) => value ? "True" : "False";

    private static PodCondition Initialized(Pod pod, PodStatus status)
    {
        var condition = new PodCondition { Type = PodConditionType.Initialized, Status = "True" };
        if (status.Phase == PodPhase.Succeeded)
            return With(condition, true, "PodCompleted", "");
        var hasStarted = status.ContainerStatuses.Exists(s => s.State.Running is not null || s.LastState.Terminated is not null);
        var incomplete = pod.Spec.InitContainers
            .Where(c => !IsInitialized(c, status.InitContainerStatuses.Find(s => s.Name == c.Name), hasStarted))
            .Select(c => c.Name).ToList();
        return incomplete.Count == 0
            ? condition
            : With(condition, false, "ContainersNotInitialized", $"containers with incomplete status: [{string.Join(' ', incomplete)}]");
    }

    private static bool IsInitialized(Container container, ContainerStatus? status, bool hasStarted) =>
        PodContainers.IsSidecar(container) ? hasStarted || status?.Started == true : status?.Ready == true || hasStarted;

    private static PodCondition ContainersReady(Pod pod, PodStatus status)
    {
        var condition = new PodCondition { Type = PodConditionType.ContainersReady };
        if (status.Phase == PodPhase.Succeeded)
            return With(condition, false, "PodCompleted", "");
        if (status.Phase == PodPhase.Failed)
            return With(condition, false, "PodFailed", "");
        var unready = pod.Spec.InitContainers.Where(PodContainers.IsSidecar)
            .Where(c => status.InitContainerStatuses.Find(s => s.Name == c.Name)?.Ready != true)
            .Concat(pod.Spec.Containers.Where(c => status.ContainerStatuses.Find(s => s.Name == c.Name)?.Ready != true))
            .Select(c => c.Name).ToList();
        return unready.Count == 0
            ? With(condition, true, "", "")
            : With(condition, false, "ContainersNotReady", $"containers with unready status: [{string.Join(' ', unready)}]");
    }

    private static PodCondition Ready(PodStatusInput input, PodStatus status)
    {
        var condition = ContainersReady(input.Pod, status);
        condition.Type = PodConditionType.Ready;
        if (condition.Status != "True")
            return condition;
        var closed = input.Pod.Spec.ReadinessGates
            .Select(gate => (gate.ConditionType, Found: input.Previous.Conditions.Find(c => c.Type == gate.ConditionType)))
            .Where(gate => gate.Found?.Status != "True")
            .Select(gate => gate.Found is null
                ? $"corresponding condition of pod readiness gate \"{gate.ConditionType}\" does not exist."
                : $"the status of pod readiness gate \"{gate.ConditionType}\" is not \"True\", but {gate.Found.Status}")
            .ToList();
        return closed.Count == 0 ? condition : With(condition, false, "ReadinessGatesNotReady", string.Join(", ", closed));
    }

    private static PodCondition With(PodCondition condition, bool value, string reason, string message)
    {
        condition.Status = Text(value);
        condition.Reason = reason;
        condition.Message = message;
        return condition;
    }
}
