namespace Xebec.ApiServer.Authentication;

/// <summary>Whom a request acts as.</summary>
/// <param name="User">The user.</param>
/// <param name="Constraint">The verb of constrained impersonation that allowed it, for the audit log; empty for the general one.</param>
internal sealed record Impersonated(UserInfo User, string Constraint);
