using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Xebec.ApiServer.Authentication;

/// <summary>
/// Finds out who a request is from: the identity of an in-process client, a client certificate of the cluster's CA, or a bearer token.
/// </summary>
internal sealed class Authenticator(
    TokenAuthenticator tokens, CertificateIdentities certificates, RequestHeaderIdentities? proxies, AnonymousRule anonymous)
{
    private const string Scheme = "Bearer ";
    private const string WebSocketProtocol = "base64url.bearer.authorization.k8s.io.";
    private volatile AnonymousRule _anonymous = anonymous;

    /// <summary>Serves requests without credentials by another rule from now on.</summary>
    public void Use(AnonymousRule rule) => _anonymous = rule;

    /// <summary>The user; null when credentials were presented that are not valid (401), anonymous when there were none.</summary>
    public ValueTask<UserInfo?> AuthenticateAsync(HttpContext http)
    {
        if (http.Features.Get<InProcessIdentity>() is { } inProcess)
            return ValueTask.FromResult<UserInfo?>(inProcess.User);
        var certificate = http.Features.Get<ITlsConnectionFeature>()?.ClientCertificate;
        if (certificate is not null && proxies?.Read(certificate, http.Request.Headers) is { } named)
            return ValueTask.FromResult<UserInfo?>(named);
        if (certificate is not null && certificates.Get(certificate) is { } certified)
            return ValueTask.FromResult<UserInfo?>(certified);
        var token = BearerToken(http.Request.Headers);
        if (token.Length > 0)
            return ByTokenAsync(token, http.RequestAborted);
        return ValueTask.FromResult(certificate is null && _anonymous.Allows(http.Request.Path.Value ?? "") ? UserInfo.Anonymous : null);
    }

    private async ValueTask<UserInfo?> ByTokenAsync(string token, CancellationToken cancellationToken) =>
        (await tokens.AuthenticateAsync(token, tokens.OwnAudiences, cancellationToken))?.User;

    private static string BearerToken(IHeaderDictionary headers)
    {
        var authorization = headers.Authorization;
        if (authorization.Count > 0 && authorization[0] is { } text && text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return text[Scheme.Length..].Trim();
        return headers.SecWebSocketProtocol is { Count: > 0 } protocols ? WebSocketToken(headers, protocols) : "";
    }

    // Browsers cannot set headers on a WebSocket: the token travels as a protocol that is offered. It goes no further than here.
    private static string WebSocketToken(IHeaderDictionary headers, StringValues protocols)
    {
        string[] offered = [.. protocols.SelectMany(p => (p ?? "").Split(',', StringSplitOptions.TrimEntries))];
        if (Array.Find(offered, IsToken) is not { } protocol)
            return "";
        headers.SecWebSocketProtocol = string.Join(", ", offered.Where(p => !IsToken(p)));
        var encoded = protocol.AsSpan(WebSocketProtocol.Length);
        return System.Buffers.Text.Base64Url.IsValid(encoded)
            ? System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(encoded))
            : "invalid";
    }

    private static bool IsToken(string protocol) => protocol.StartsWith(WebSocketProtocol, StringComparison.Ordinal);
}
