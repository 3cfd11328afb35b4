namespace Xebec.ApiServer.Authorization;

/// <summary>Allows everything to the masters' group, whatever the modes are, so that a wrong mode locks no administrator out.</summary>
internal sealed class MastersAuthorizer : IAuthorizer
{
    /// <inheritdoc/>
    public AuthorizationDecision Authorize(AuthorizationAttributes attributes)
    {
        foreach (var group in attributes.User.Groups)
        {
            if (group == RbacAuthorizer.Masters)
                return new AuthorizationDecision(true, "");
        }

        return new AuthorizationDecision(false, "");
    }
}
