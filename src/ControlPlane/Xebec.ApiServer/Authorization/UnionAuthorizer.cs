namespace Xebec.ApiServer.Authorization;

/// <summary>Allows what one of several authorizers allows; the reasons against are all given.</summary>
internal sealed class UnionAuthorizer(params IAuthorizer[] authorizers) : IAuthorizer
{
    /// <inheritdoc/>
    public AuthorizationDecision Authorize(AuthorizationAttributes attributes)
    {
        var reasons = "";
        foreach (var authorizer in authorizers)
        {
            var decision = authorizer.Authorize(attributes);
            if (decision.Allowed || decision.Denied)
                return decision;
            if (decision.Reason.Length > 0)
                reasons = reasons.Length == 0 ? decision.Reason : $"{reasons}\n{decision.Reason}";
        }

        return new AuthorizationDecision(false, reasons);
    }
}
