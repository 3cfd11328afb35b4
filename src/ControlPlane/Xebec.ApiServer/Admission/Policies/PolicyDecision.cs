namespace Xebec.ApiServer.Admission.Policies;

/// <summary>A validation that did not hold, or could not be evaluated.</summary>
/// <param name="Message">For the client.</param>
/// <param name="Reason">The reason of the Status, Invalid unless the validation says another.</param>
/// <param name="Index">Which validation, from 0.</param>
/// <param name="IsError">It could not be evaluated.</param>
internal sealed record PolicyDecision(string Message, string Reason, int Index, bool IsError);
