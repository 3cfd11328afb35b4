using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Authentication.LegacyTokens;

/// <summary>Believes tokens that this cluster has signed and that are still in their Secret, as long as their service account lives.</summary>
internal sealed class LegacyTokenAuthenticator(ServiceAccountTokenKey key, ResourceCatalog catalog, TimeProvider time) : ITokenAuthenticator
{
    private const int RememberedTokens = 4096;
    private readonly ConcurrentDictionary<string, Verified> _verified = new(StringComparer.Ordinal);
    private readonly DerivedFacts<TokenSecret> _secrets = new(TokenSecret.Read);

    /// <inheritdoc/>
    public ValueTask<TokenIdentity?> AuthenticateAsync(string token, IReadOnlyList<string> audiences, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Authenticate(token));

    private TokenIdentity? Authenticate(string token)
    {
        if (!_verified.TryGetValue(token, out var verified))
        {
            if (key.VerifyTree(token) is not { } tree || LegacyTokenClaims.FromTree(tree) is not { } claims)
                return null;
            var account = new LiveReference(catalog.Find("", "v1", "serviceaccounts")!, claims.Namespace, claims.Account, leewaySeconds: 0);
            string[] groups = [.. ServiceAccountUser.Groups(claims.Namespace), "system:authenticated"];
            var user = new UserInfo(
                ServiceAccountUser.Name(claims.Namespace, claims.Account.Name), claims.Account.Uid, groups, new Dictionary<string, IReadOnlyList<string>>());
            verified = new Verified(claims, account, new TokenIdentity(user, null));
            if (_verified.Count >= RememberedTokens)
                _verified.Clear();
            _verified[token] = verified;
        }

        if (verified.Account.IsAlive(time.GetUtcNow()) && IsKept(verified.Claims, token))
            return verified.Identity;
        _verified.TryRemove(token, out _);
        return null;
    }

    private bool IsKept(LegacyTokenClaims claims, string token)
    {
        var secrets = catalog.Find("", "v1", "secrets")!;
        return secrets.Cache.Snapshot.Objects.TryGetValue(secrets.Key(claims.Namespace, claims.SecretName), out var stored) &&
            _secrets.Of(stored) is { IsToken: true, IsBeingDeleted: false } secret &&
            CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret.Token), Encoding.UTF8.GetBytes(token));
    }

    private sealed record Verified(LegacyTokenClaims Claims, LiveReference Account, TokenIdentity Identity);
}
