using Xebec.Api.Core.V1;

namespace Xebec.ControllerManager.Controllers.Nodes;

/// <summary>When a pod must leave its node because of NoExecute taints.</summary>
internal static class TaintEviction
{
    /// <summary>The time to leave, which may be past; null when the pod may stay for ever.</summary>
    public static DateTimeOffset? LeaveAt(Pod pod, Node node, DateTimeOffset now)
    {
        DateTimeOffset? leaveAt = null;
        foreach (var taint in node.Spec.Taints)
        {
            if (taint.Effect != TaintEffect.NoExecute)
                continue;
            var tolerating = pod.Spec.Tolerations.Where(t => Tolerates(t, taint)).ToList();
            if (tolerating.Count == 0)
                return now;
            var seconds = tolerating.Min(t => t.TolerationSeconds ?? long.MaxValue);
            if (seconds == long.MaxValue)
                continue;
            var at = (taint.TimeAdded ?? now).AddSeconds(Math.Max(0, seconds));
            leaveAt = leaveAt is null || at < leaveAt ? at : leaveAt;
        }

        return leaveAt;
    }

    public static bool Tolerates(Toleration toleration, Taint taint)
    {
        if (toleration.Effect.Length > 0 && toleration.Effect != taint.Effect)
            return false;
        if (toleration.Key.Length > 0 && toleration.Key != taint.Key)
            return false;
        return toleration.Operator == "Exists" || (toleration.Key.Length > 0 && toleration.Value == taint.Value);
    }
}
