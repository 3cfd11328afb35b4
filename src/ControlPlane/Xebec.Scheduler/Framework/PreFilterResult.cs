namespace Xebec.Scheduler.Framework;

/// <summary>What PreFilter found.</summary>
/// <param name="Status">Null to go on, Skip to leave this plugin's Filter out, or a rejection of the pod on all nodes.</param>
/// <param name="NodeNames">The only nodes that can fit; null for no restriction.</param>
internal readonly record struct PreFilterResult(Status? Status, HashSet<string>? NodeNames = null)
{
    public static PreFilterResult Success => default;

    public static PreFilterResult Skip => new(Status.Skip);
}
