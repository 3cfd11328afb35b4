namespace Xebec.ApiServer.Authorization;

/// <summary>Decides who may do what. Implementations: RBAC, the node authorizer, always-allow for tests.</summary>
public interface IAuthorizer
{
    /// <summary>Decides; never throws for a decision of no.</summary>
    AuthorizationDecision Authorize(AuthorizationAttributes attributes);

    /// <summary>Decides; authorizers that ask others do not hold a thread meanwhile.</summary>
    ValueTask<AuthorizationDecision> AuthorizeAsync(AuthorizationAttributes attributes, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Authorize(attributes));
}
