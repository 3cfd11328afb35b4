namespace Xebec.ApiServer.Authentication;

/// <summary>Who a bearer token stands for, whichever kind it is: the first that knows it counts.</summary>
internal sealed class TokenAuthenticator(IReadOnlyList<ITokenAuthenticator> kinds, string ownAudience)
{
    private volatile IReadOnlyList<ITokenAuthenticator> _kinds = kinds;

    /// <summary>Knows other kinds from now on. Those known until now are not closed: tokens may be under way.</summary>
    public void Use(IReadOnlyList<ITokenAuthenticator> others) => _kinds = others;

    /// <summary>The audiences this server answers to.</summary>
    public IReadOnlyList<string> OwnAudiences { get; } = [ownAudience];

    /// <summary>
    /// The identity of a token that is for one of the audiences, which are then those that both sides name; null when it is not valid.
    /// </summary>
    public async ValueTask<TokenIdentity?> AuthenticateAsync(string token, IReadOnlyList<string> audiences, CancellationToken cancellationToken)
    {
        foreach (var kind in _kinds)
        {
            if (await kind.AuthenticateAsync(token, audiences, cancellationToken) is { } found && Common(found, audiences) is { } identity)
                return identity;
        }

        return null;
    }

    private TokenIdentity? Common(TokenIdentity found, IReadOnlyList<string> audiences)
    {
        var offered = found.Audiences ?? OwnAudiences;
        if (offered.Count == 1 && audiences.Count == 1 && offered[0] == audiences[0])
            return found;
        var common = audiences.Where(offered.Contains).ToArray();
        return common.Length > 0 ? found with { Audiences = common } : null;
    }
}
