using System.Buffers.Text;
using System.Security.Cryptography;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Authentication;

/// <summary>The key of service-account tokens; safe for many threads.</summary>
internal sealed class ServiceAccountTokenKey
{
    private readonly ECDsa _private;
    private readonly ECDsa _public;
    private readonly Lock _signing = new();
    private readonly Lock _verifying = new();

    public ServiceAccountTokenKey(ECDsa key)
    {
        _private = key;
        _public = ECDsa.Create(key.ExportParameters(includePrivateParameters: false));
        Id = Base64Url.EncodeToString(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
    }

    /// <summary>The kid, made of the public key as upstream makes it.</summary>
    public string Id { get; }

    public string Sign(ServiceAccountClaims claims) => SignTree(claims.ToTree());

    /// <summary>A token of any claims.</summary>
    public string SignTree(ObjectValue claims)
    {
        lock (_signing)
            return JsonWebToken.Sign(claims, Id, _private);
    }

    /// <summary>The claims of a token it has signed, null for any other.</summary>
    public ServiceAccountClaims? Verify(string token) => VerifyTree(token) is { } claims ? ServiceAccountClaims.FromTree(claims) : null;

    /// <summary>The claims of a token it has signed, whatever they say; null for any other.</summary>
    public ObjectValue? VerifyTree(string token)
    {
        lock (_verifying)
            return JsonWebToken.Verify(token, _public);
    }

    /// <summary>The public key as a JSON Web Key Set (RFC 7517).</summary>
    public ObjectValue ToKeySet()
    {
        var point = _public.ExportParameters(includePrivateParameters: false).Q;
        var key = new ObjectValue
        {
            { "use", "sig" },
            { "kty", "EC" },
            { "kid", Id },
            { "crv", "P-256" },
            { "alg", "ES256" },
            { "x", Base64Url.EncodeToString(point.X) },
            { "y", Base64Url.EncodeToString(point.Y) },
        };
        return new ObjectValue { { "keys", new ListValue([key]) } };
    }
}
