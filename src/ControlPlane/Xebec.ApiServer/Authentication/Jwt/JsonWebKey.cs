using System.Buffers.Text;
using System.Security.Cryptography;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Authentication.Jwt;

/// <summary>A public key of an issuer (RFC 7517: RSA, EC), by which its signatures are checked (RFC 7518). Safe for many threads.</summary>
internal sealed class JsonWebKey
{
    private readonly RSAParameters? _rsa;
    private readonly ECParameters? _ec;

    private JsonWebKey(string id, RSAParameters? rsa, ECParameters? ec) => (Id, _rsa, _ec) = (id, rsa, ec);

    /// <summary>The kid, empty when it has none.</summary>
    public string Id { get; }

    /// <summary>The keys of a key set that signatures can be checked with; others are left out.</summary>
    public static IReadOnlyList<JsonWebKey> ReadSet(ObjectValue set) =>
        [.. (set.GetList("keys") ?? []).OfType<ObjectValue>().Where(k => k.GetString("use") is null or "sig").Select(Read).OfType<JsonWebKey>()];

    /// <summary>Whether the key has signed some bytes by an algorithm that is one for it.</summary>
    public bool Verifies(string algorithm, byte[] signed, byte[] signature)
    {
        var hash = algorithm.Length == 5 ? algorithm[2..] switch
        {
            "256" => HashAlgorithmName.SHA256,
            "384" => HashAlgorithmName.SHA384,
            "512" => HashAlgorithmName.SHA512,
            _ => default,
        } : default;
        if (hash == default)
            return false;
        return algorithm[..2] switch
        {
            "RS" => VerifiesRsa(signed, signature, hash, RSASignaturePadding.Pkcs1),
            "PS" => VerifiesRsa(signed, signature, hash, RSASignaturePadding.Pss),
            "ES" => VerifiesEc(signed, signature, hash),
            _ => false,
        };
    }

    private bool VerifiesRsa(byte[] signed, byte[] signature, HashAlgorithmName hash, RSASignaturePadding padding)
    {
        if (_rsa is not { } parameters)
            return false;
        using var key = RSA.Create(parameters);
        return key.VerifyData(signed, signature, hash, padding);
    }

    // ES256 goes with P-256 only, and so on: the size of the curve is that of the hash, but for P-521.
    private bool VerifiesEc(byte[] signed, byte[] signature, HashAlgorithmName hash)
    {
        if (_ec is not { } parameters)
            return false;
        using var key = ECDsa.Create(parameters);
        var expected = key.KeySize switch { 256 => HashAlgorithmName.SHA256, 384 => HashAlgorithmName.SHA384, _ => HashAlgorithmName.SHA512 };
        return hash == expected && key.VerifyData(signed, signature, hash);
    }

    private static JsonWebKey? Read(ObjectValue key)
    {
        try
        {
            var id = key.GetString("kid") ?? "";
            return key.GetString("kty") switch
            {
                "RSA" => new JsonWebKey(id, new RSAParameters { Modulus = Bytes(key, "n"), Exponent = Bytes(key, "e") }, null),
                "EC" => new JsonWebKey(id, null, new ECParameters { Curve = Curve(key), Q = new ECPoint { X = Bytes(key, "x"), Y = Bytes(key, "y") } }),
                _ => null,
            };
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static byte[] Bytes(ObjectValue key, string name) => Base64Url.DecodeFromChars(key.GetString(name) ?? throw new FormatException());

    private static ECCurve Curve(ObjectValue key) => key.GetString("crv") switch
    {
        "P-256" => ECCurve.NamedCurves.nistP256,
        "P-384" => ECCurve.NamedCurves.nistP384,
        "P-521" => ECCurve.NamedCurves.nistP521,
        _ => throw new FormatException(),
    };
}
