namespace Xebec.ApiServer.Authentication;

/// <summary>Who a bearer token stands for, whichever kind it is.</summary>
internal sealed class TokenAuthenticator(
    ServiceAccountAuthenticator? serviceAccounts, BootstrapTokenAuthenticator bootstrapTokens, string ownAudience)
{
    /// <summary>The audiences this server answers to.</summary>
    public IReadOnlyList<string> OwnAudiences { get; } = [ownAudience];

    /// <summary>
    /// The identity of a token that is for one of the audiences, which are then those that both sides name; null when it is not valid.
    /// </summary>
    public TokenIdentity? Authenticate(string token, IReadOnlyList<string> audiences)
    {
        var found = serviceAccounts?.Authenticate(token) ?? bootstrapTokens.Authenticate(token);
        if (found is null)
            return null;
        var offered = found.Audiences ?? OwnAudiences;
        if (offered.Count == 1 && audiences.Count == 1 && offered[0] == audiences[0])
            return found;
        var common = audiences.Where(offered.Contains).ToArray();
        return common.Length > 0 ? found with { Audiences = common } : null;
    }
}
