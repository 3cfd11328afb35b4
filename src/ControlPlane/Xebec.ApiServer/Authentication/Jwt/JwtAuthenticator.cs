using Microsoft.Extensions.Logging;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Registry.Authentication;

namespace Xebec.ApiServer.Authentication.Jwt;

/// <summary>Believes the JWTs of one issuer (OpenID Connect, KEP-3331) that are for its audiences, while they last.</summary>
internal sealed partial class JwtAuthenticator(JwtAuthenticatorSettings settings, IssuerKeys keys, TimeProvider time, ILogger<JwtAuthenticator> logger)
    : ITokenAuthenticator, IDisposable
{
    private const int NotBeforeLeewaySeconds = 60;
    private static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "PS256", "PS384", "PS512"];
    private readonly TokenCache _cache = new(TimeSpan.FromSeconds(10), time);

    /// <inheritdoc/>
    public async ValueTask<TokenIdentity?> AuthenticateAsync(string token, IReadOnlyList<string> audiences, CancellationToken cancellationToken)
    {
        if (_cache.TryGet(token, [], out var known))
            return known;
        if (SignedToken.Parse(token) is not { } parsed || parsed.Claims.GetString("iss") != settings.Issuer.Url)
            return null;
        try
        {
            var identity = new TokenIdentity(await BelieveAsync(parsed, cancellationToken), null);
            _cache.Set(token, [], identity, End(parsed.Claims));
            return identity;
        }
        catch (JwtException e)
        {
            LogRefused(settings.Issuer.Url, e.Message);
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => keys.Dispose();

    private async ValueTask<UserInfo> BelieveAsync(SignedToken token, CancellationToken cancellationToken)
    {
        if (!Algorithms.Contains(token.Algorithm))
            throw new JwtException($"oidc: unexpected signature algorithm \"{token.Algorithm}\"");
        CheckAudience(token.Claims);
        CheckTime(token.Claims);
        if (!await keys.VerifyAsync(token, cancellationToken))
            throw new JwtException("oidc: failed to verify signature");
        foreach (var rule in settings.ClaimRules)
            rule.Check(token.Claims);
        var user = settings.Mappings.Map(token.Claims);
        if (settings.UserRules.Count > 0)
            CheckUser(user);
        return user;
    }

    private void CheckUser(UserInfo user)
    {
        var tree = UserInfoTree.Of(user);
        tree["uid"] ??= "";
        tree["extra"] ??= new ObjectValue();
        foreach (var rule in settings.UserRules)
            rule.Check(tree);
    }

    private void CheckAudience(ObjectValue claims)
    {
        var given = claims["aud"] is ListValue list ? list.Select(a => a.AsString() ?? "").ToArray() : [claims.GetString("aud") ?? ""];
        if (!settings.Issuer.Audiences.Any(given.Contains))
            throw new JwtException($"oidc: expected audience in [{string.Join(' ', settings.Issuer.Audiences)}] got [{string.Join(' ', given)}]");
    }

    private void CheckTime(ObjectValue claims)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        if (Seconds(claims, "exp") is not { } expires || now >= expires)
            throw new JwtException("oidc: token is expired");
        if (Seconds(claims, "nbf") is { } notBefore && now + NotBeforeLeewaySeconds < notBefore)
            throw new JwtException("oidc: current time is before the nbf (not before) time");
    }

    // A token that is not meant to end may have an exp that is no date.
    private static DateTimeOffset End(ObjectValue claims) =>
        DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(Seconds(claims, "exp") ?? 0, 0, DateTimeOffset.MaxValue.ToUnixTimeSeconds()));

    // Issuers write whole seconds, or a fraction.
    private static long? Seconds(ObjectValue claims, string name) => claims[name] switch
    {
        NumberValue { IsWhole: true } number => number.Whole,
        NumberValue number => (long)number.Real,
        _ => null,
    };

    [LoggerMessage(EventId = 1320, Level = LogLevel.Information, Message = "A token is not believed issuer=\"{Issuer}\" err=\"{Reason}\"")]
    private partial void LogRefused(string issuer, string reason);
}
