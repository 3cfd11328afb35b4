using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Apps;

/// <summary>The counts of a workload's status: parts are not more than the whole, and collisions only grow.</summary>
internal static class WorkloadStatusRules
{
    public static void CheckDeployment(ObjectValue status, CheckContext context) =>
        CheckParts(status, "readyReplicas", context, "updatedReplicas", "readyReplicas", "availableReplicas");

    public static void CheckReplicaSet(ObjectValue status, CheckContext context) =>
        CheckParts(status, "readyReplicas", context, "fullyLabeledReplicas", "readyReplicas", "availableReplicas");

    public static void CheckStatefulSet(ObjectValue status, CheckContext context) =>
        CheckParts(status, "status.readyReplicas", context, "readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas");

    /// <summary>The collisions counted do not become fewer.</summary>
    public static void CheckCollisions(ObjectValue updated, ObjectValue stored, CheckContext context)
    {
        var (now, before) = (Collisions(updated), Collisions(stored));
        if (before is not null && (now is null || now < before))
            context.Add(FieldError.Invalid(FieldPath.Root("status").Child("collisionCount"), now ?? 0, "cannot be decremented"));
    }

    private static void CheckParts(ObjectValue status, string ready, CheckContext context, params ReadOnlySpan<string> parts)
    {
        var all = Number(status, "replicas");
        foreach (var part in parts)
        {
            if (Number(status, part) is var number && number > all)
                context.Invalid(part, number, "cannot be greater than status.replicas");
        }

        if (Number(status, "availableReplicas") is var available && available > Number(status, "readyReplicas"))
            context.Invalid("availableReplicas", available, $"cannot be greater than {ready}");
    }

    private static long Number(ObjectValue status, string field) => status[field]?.AsInt64() ?? 0;

    private static long? Collisions(ObjectValue item) => item.GetObject("status")?["collisionCount"]?.AsInt64();
}
