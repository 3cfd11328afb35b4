using System.Text.Json;
using Microsoft.Extensions.Logging;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Authentication.Jwt;

/// <summary>
/// The keys of one issuer, found by OpenID discovery when first needed and again when a token names one that is not known. Readers take no
/// lock; one fetch runs at a time, and none soon after another.
/// </summary>
internal sealed partial class IssuerKeys(JwtIssuer issuer, HttpClient http, TimeProvider time, ILogger<IssuerKeys> logger) : IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _fetching = new(1);
    private volatile IReadOnlyList<JsonWebKey> _keys = [];
    private DateTimeOffset _fetchedAt = DateTimeOffset.MinValue;

    /// <summary>Whether the issuer has signed a token.</summary>
    /// <exception cref="JwtException">The keys can't be had.</exception>
    public async ValueTask<bool> VerifyAsync(SignedToken token, CancellationToken cancellationToken)
    {
        var known = _keys;
        if (HasSigned(known, token))
            return true;
        if (known.Any(k => k.Id == token.KeyId && k.Id.Length > 0))
            return false;
        return HasSigned(await RefreshAsync(known, cancellationToken), token);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        http.Dispose();
        _fetching.Dispose();
    }

    private static bool HasSigned(IReadOnlyList<JsonWebKey> keys, SignedToken token) => keys.Any(
        k => (token.KeyId.Length == 0 || k.Id == token.KeyId) && k.Verifies(token.Algorithm, token.Signed, token.Signature));

    private async ValueTask<IReadOnlyList<JsonWebKey>> RefreshAsync(IReadOnlyList<JsonWebKey> known, CancellationToken cancellationToken)
    {
        await _fetching.WaitAsync(cancellationToken);
        try
        {
            if (ReferenceEquals(_keys, known) && time.GetUtcNow() - _fetchedAt >= ShortestPause)
            {
                _fetchedAt = time.GetUtcNow();
                _keys = await FetchAsync(cancellationToken);
            }

            return _keys;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new JwtException($"oidc: fetching keys of {issuer.Url}: {e.Message}");
        }
        finally
        {
            _fetching.Release();
        }
    }

    private async ValueTask<IReadOnlyList<JsonWebKey>> FetchAsync(CancellationToken cancellationToken)
    {
        var configuration = await GetAsync(issuer.DiscoveryUrl, cancellationToken);
        if (configuration.GetString("issuer") is var named && named != issuer.Url)
            throw new JwtException($"oidc: issuer did not match the issuer returned by provider, expected \"{issuer.Url}\" got \"{named}\"");
        if (configuration.GetString("jwks_uri") is not { Length: > 0 } address)
            throw new JwtException("oidc: the provider names no jwks_uri");
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http"))
            throw new JwtException($"oidc: the provider's jwks_uri \"{address}\" is no absolute http or https URL");
        return JsonWebKey.ReadSet(await GetAsync(address, cancellationToken), (id, reason) => LogBrokenKey(issuer.Url, id, reason));
    }

    private async Task<ObjectValue> GetAsync(string address, CancellationToken cancellationToken) =>
        Value.Parse(await http.GetByteArrayAsync(address, cancellationToken)) as ObjectValue
        ?? throw new JwtException($"oidc: {address} answers no JSON object");

    [LoggerMessage(EventId = 1321, Level = LogLevel.Warning, Message = "A key of an issuer is not used issuer=\"{Issuer}\" kid=\"{KeyId}\" err=\"{Reason}\"")]
    private partial void LogBrokenKey(string issuer, string keyId, string reason);
}
