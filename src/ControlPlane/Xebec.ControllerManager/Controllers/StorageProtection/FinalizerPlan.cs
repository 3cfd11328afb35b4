using Xebec.Api.Meta.V1;

namespace Xebec.ControllerManager.Controllers.StorageProtection;

/// <summary>What becomes of a protecting finalizer: there while the object lives or is used, gone once it is deleted and unused.</summary>
internal static class FinalizerPlan
{
    /// <summary>The finalizers as they should be; null when they are.</summary>
    public static List<string>? Of(ObjectMeta metadata, string finalizer, bool isInUse)
    {
        var (isDeleting, isProtected) = (metadata.DeletionTimestamp is not null, metadata.Finalizers.Contains(finalizer));
        if (isDeleting && isProtected && !isInUse)
            return [.. metadata.Finalizers.Where(f => f != finalizer)];
        return !isDeleting && !isProtected ? [.. metadata.Finalizers, finalizer] : null;
    }
}
