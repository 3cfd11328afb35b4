namespace Xebec.ApiServer.Authorization;

/// <summary>The rules that one binding gives one subject.</summary>
/// <param name="Rules">The role's rules.</param>
/// <param name="Reason">Why, as SubjectAccessReview reports it; when the role does not exist, that.</param>
internal sealed record Grant(RoleRule[] Rules, string Reason);
