namespace Xebec.ControllerManager.Controllers.Namespaces;

/// <summary>What is left in a namespace after everything was asked to go.</summary>
/// <param name="Objects">How many objects of each resource, by pods or deployments.apps.</param>
/// <param name="Finalizers">How many objects wait for each finalizer.</param>
/// <param name="Errors">What went wrong.</param>
/// <param name="GraceSeconds">The longest grace period of a pod that is left.</param>
internal sealed record RemainingContent(
    SortedDictionary<string, int> Objects, SortedDictionary<string, int> Finalizers, List<string> Errors, long GraceSeconds)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    public bool Any => Objects.Count > 0 || Errors.Count > 0;

    /// <summary>When to look again: half the time the slowest pod may take, as upstream.</summary>
    public TimeSpan Wait =>
        Finalizers.Count > 0 && GraceSeconds == 0 ? TimeSpan.FromSeconds(5) : Shortest + TimeSpan.FromSeconds(GraceSeconds / 2);
}
