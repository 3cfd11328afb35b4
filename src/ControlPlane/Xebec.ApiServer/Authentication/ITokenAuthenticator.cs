namespace Xebec.ApiServer.Authentication;

/// <summary>Believes one kind of bearer token: static, bootstrap, service-account, JWTs of other issuers, those a webhook knows.</summary>
internal interface ITokenAuthenticator
{
    /// <summary>The identity of a token, null when it is none of this kind or not valid (now).</summary>
    ValueTask<TokenIdentity?> AuthenticateAsync(string token, IReadOnlyList<string> audiences, CancellationToken cancellationToken);
}
