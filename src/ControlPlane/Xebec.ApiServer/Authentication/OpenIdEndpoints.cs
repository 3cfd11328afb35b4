using Microsoft.AspNetCore.Http;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.Authentication;

/// <summary>OpenID Connect discovery, by which others verify service-account tokens by themselves (KEP-1393).</summary>
internal sealed class OpenIdEndpoints(ServiceAccountTokenKey key, string issuer, string keySetAddress)
{
    private readonly byte[] _configuration = new ObjectValue
    {
        { "issuer", issuer },
        { "jwks_uri", keySetAddress },
        { "response_types_supported", new ListValue(["id_token"]) },
        { "subject_types_supported", new ListValue(["public"]) },
        { "id_token_signing_alg_values_supported", new ListValue(["ES256"]) },
    }.ToUtf8();

    private readonly byte[] _keys = key.ToKeySet().ToUtf8();

    public Task ConfigurationAsync(HttpContext http) => WriteAsync(http, _configuration, "application/json");

    public Task KeysAsync(HttpContext http) => WriteAsync(http, _keys, "application/jwk-set+json");

    private static async Task WriteAsync(HttpContext http, byte[] body, string contentType)
    {
        http.Response.Headers.CacheControl = "public, max-age=3600";
        http.Response.ContentType = contentType;
        http.Response.ContentLength = body.Length;
        await http.Response.BodyWriter.WriteAsync(body, http.RequestAborted);
    }
}
