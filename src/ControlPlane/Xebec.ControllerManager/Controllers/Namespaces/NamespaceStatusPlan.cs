using Xebec.Api.Core.V1;

namespace Xebec.ControllerManager.Controllers.Namespaces;

/// <summary>Says in a terminating namespace's conditions what keeps it.</summary>
internal static class NamespaceStatusPlan
{
    public static NamespaceStatus Make(NamespaceStatus present, RemainingContent remains, DateTimeOffset now)
    {
        var status = present.DeepClone();
        status.Phase = NamespacePhase.Terminating;
        Set(status, "NamespaceDeletionDiscoveryFailure", null, "ResourcesDiscovered", "", "All resources successfully discovered", now);
        Set(status, "NamespaceDeletionGroupVersionParsingFailure", null, "ParsedGroupVersions", "",
            "All legacy kube types successfully parsed", now);
        Set(status, "NamespaceDeletionContentFailure",
            remains.Errors.Count == 0 ? null
                : $"Failed to delete all resource types, {remains.Errors.Count} remaining: {string.Join(", ", remains.Errors)}",
            "ContentDeleted", "ContentDeletionFailed", "All content successfully deleted, may be waiting on finalization", now);
        Set(status, "NamespaceContentRemaining", Objects(remains), "ContentRemoved", "SomeResourcesRemain",
            "All content successfully removed", now);
        Set(status, "NamespaceFinalizersRemaining", Finalizers(remains), "ContentHasNoFinalizers", "SomeFinalizersRemain",
            "All content-preserving finalizers finished", now);
        return status;
    }

    private static string? Objects(RemainingContent remains) => remains.Objects.Count == 0
        ? null
        : "Some resources are remaining: " + string.Join(", ", remains.Objects.Select(o => $"{o.Key} has {o.Value} resource instances"));

    private static string? Finalizers(RemainingContent remains) => remains.Finalizers.Count == 0
        ? null
        : "Some content in the namespace has finalizers remaining: " +
            string.Join(", ", remains.Finalizers.Select(f => $"{f.Key} in {f.Value} resource instances"));

    private static void Set(
        NamespaceStatus status, string type, string? problem, string goodReason, string badReason, string good, DateTimeOffset now)
    {
        var value = problem is null ? ConditionStatus.False : ConditionStatus.True;
        var message = problem ?? good;
        var present = status.Conditions.Find(c => c.Type == type);
        if (present is null)
            status.Conditions.Add(present = new NamespaceCondition { Type = type });
        if (present.Status != value)
            present.LastTransitionTime = now;
        (present.Status, present.Reason, present.Message) = (value, problem is null ? goodReason : badReason, message);
    }
}
