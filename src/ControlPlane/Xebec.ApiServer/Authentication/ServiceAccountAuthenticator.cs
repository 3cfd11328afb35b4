using System.Collections.Concurrent;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.Authentication;

/// <summary>
/// Believes service-account tokens that this cluster has signed, while they last and what they are bound to lives. A signature is
/// checked once; every request only looks at clocks and caches.
/// </summary>
internal sealed class ServiceAccountAuthenticator(
    ServiceAccountTokenKey key, string issuer, ResourceCatalog catalog, TimeProvider time) : ITokenAuthenticator
{
    private const int RememberedTokens = 4096;
    private readonly ConcurrentDictionary<string, VerifiedToken> _verified = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask<TokenIdentity?> AuthenticateAsync(string token, IReadOnlyList<string> audiences, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Authenticate(token));

    private TokenIdentity? Authenticate(string token)
    {
        if (!_verified.TryGetValue(token, out var verified))
        {
            if (key.Verify(token) is not { } claims || claims.Issuer != issuer)
                return null;
            verified = new VerifiedToken(claims, References(claims));
            if (_verified.Count >= RememberedTokens)
                _verified.Clear();
            _verified[token] = verified;
        }

        if (verified.IsValid(time.GetUtcNow()))
            return verified.Identity;
        _verified.TryRemove(token, out _);
        return null;
    }

    private LiveReference[] References(ServiceAccountClaims claims)
    {
        var found = new List<LiveReference> { Reference("serviceaccounts", claims.Namespace, claims.ServiceAccount) };
        if (claims.Pod is { } pod)
            found.Add(Reference("pods", claims.Namespace, pod));
        if (claims.Secret is { } secret)
            found.Add(Reference("secrets", claims.Namespace, secret));
        if (claims is { Node: { } node, Pod: null })
            found.Add(Reference("nodes", "", node));
        return [.. found];
    }

    private LiveReference Reference(string plural, string ns, ObjectIdentity identity) => new(catalog.Find("", "v1", plural)!, ns, identity);
}
