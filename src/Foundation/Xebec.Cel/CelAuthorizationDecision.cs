namespace Xebec.Cel;

/// <summary>The authorizer's answer.</summary>
/// <param name="Allowed">It may.</param>
/// <param name="Reason">Why, or why not.</param>
/// <param name="Error">What went wrong while it was decided, null when nothing did.</param>
public sealed record CelAuthorizationDecision(bool Allowed, string Reason = "", string? Error = null);
