namespace Xebec.Scheduler.Cycle;

/// <summary>Why no node fits.</summary>
/// <param name="Message">For the user, in upstream's words.</param>
/// <param name="RejectedBy">The plugins that rejected nodes; events they care about are worth another try.</param>
internal sealed record Diagnosis(string Message, string[] RejectedBy)
{
    public static readonly Diagnosis NoNodes = new("no nodes available to schedule pods", []);
}
