namespace Xebec.ApiServer.Authorization;

/// <summary>Whether something is allowed, and why.</summary>
/// <param name="Allowed">True when it is.</param>
/// <param name="Reason">Why (or why not), as SubjectAccessReview reports it; may be empty.</param>
/// <param name="Denied">True when it must not be, whatever other authorizers say; neither is no opinion.</param>
public readonly record struct AuthorizationDecision(bool Allowed, string Reason, bool Denied = false);
