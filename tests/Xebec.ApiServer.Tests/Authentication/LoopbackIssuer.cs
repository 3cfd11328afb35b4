using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Tests.Webhooks;

namespace Xebec.ApiServer.Tests.Authentication;

/// <summary>An OpenID issuer on loopback with an RSA and an EC key.</summary>
internal sealed class LoopbackIssuer : IAsyncDisposable
{
    private readonly WebhookServer _server;
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private string _keyId = "1";

    private LoopbackIssuer(WebhookServer server) => _server = server;

    public string Url => $"https://127.0.0.1:{_server.Port}";

    /// <summary>How often its keys were asked for.</summary>
    public int Fetches { get; private set; }

    /// <summary>Where it says that its keys are, when that is not where they are.</summary>
    public string? KeysAddress { get; set; }

    /// <summary>A key, as JSON, that stands before its own in the set.</summary>
    public string? FirstKey { get; set; }

    public static async Task<LoopbackIssuer> StartAsync()
    {
        var issuer = new LoopbackIssuer(await WebhookServer.StartAsync());
        issuer._server.OnGet("/.well-known/openid-configuration", () => new ObjectValue { { "issuer", issuer.Url }, { "jwks_uri", issuer.KeysAddress ?? $"{issuer.Url}/keys" } });
        issuer._server.OnGet("/keys", issuer.KeySet);
        return issuer;
    }

    /// <summary>The issuer part of a configuration, indented for a list item of jwt.</summary>
    public string Yaml(string audiences = "[xebec]") =>
        $"issuer:\n    url: {Url}\n    audiences: {audiences}\n    certificateAuthority: |\n{string.Concat(_server.AuthorityPem.Split('\n').Select(l => $"      {l}\n"))}";

    /// <summary>Gives its keys another id, as if they were new.</summary>
    public void Rotate() => _keyId = "2";

    /// <summary>A token with claims, signed with ES256.</summary>
    public string Token(string claims) => JsonWebToken.Sign((ObjectValue)Value.Parse(claims.Replace("ISSUER", Url, StringComparison.Ordinal)), $"ec{_keyId}", _ec);

    /// <summary>A token with claims, signed with RS256.</summary>
    public string RsaToken(string claims)
    {
        var header = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"RS256","kid":"rsa{{_keyId}}"}"""));
        var signed = $"{header}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.Replace("ISSUER", Url, StringComparison.Ordinal)))}";
        return $"{signed}.{Base64Url.EncodeToString(_rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _rsa.Dispose();
        _ec.Dispose();
    }

    private ObjectValue KeySet()
    {
        Fetches++;
        var (point, rsa) = (_ec.ExportParameters(false).Q, _rsa.ExportParameters(false));
        var ec = new ObjectValue
        {
            { "kty", "EC" }, { "kid", $"ec{_keyId}" }, { "crv", "P-256" }, { "x", Base64Url.EncodeToString(point.X) }, { "y", Base64Url.EncodeToString(point.Y) },
        };
        var other = new ObjectValue
        {
            { "kty", "RSA" }, { "kid", $"rsa{_keyId}" }, { "use", "sig" }, { "n", Base64Url.EncodeToString(rsa.Modulus) }, { "e", Base64Url.EncodeToString(rsa.Exponent) },
        };
        return new ObjectValue { { "keys", new ListValue([Value.Parse(FirstKey ?? "{}"), ec, other, new ObjectValue { { "kty", "oct" } }]) } };
    }
}
