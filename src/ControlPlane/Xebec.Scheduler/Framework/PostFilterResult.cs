namespace Xebec.Scheduler.Framework;

/// <summary>What PostFilter found: a node that becomes free when the victims are gone, or why there is none.</summary>
/// <param name="NominatedNodeName">The node; empty to take an earlier nomination back, null to leave it as it is.</param>
/// <param name="Victims">The pods to remove from it.</param>
/// <param name="Message">Why there is none, for the user.</param>
internal sealed record PostFilterResult(string? NominatedNodeName, PodInfo[] Victims, string Message)
{
    public static PostFilterResult None(string message) => new(null, [], message);
}
