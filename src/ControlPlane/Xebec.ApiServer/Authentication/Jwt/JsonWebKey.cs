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

    /// <summary>The keys of a key set that signatures can be checked with; others are left out, and broken ones told of (kid, reason).</summary>
    public static IReadOnlyList<JsonWebKey> ReadSet(ObjectValue set, Action<string, string> tellBroken) =>
        [.. (set.GetList("keys") ?? []).OfType<ObjectValue>().Where(k => k.GetString("use") is null or "sig")
            .Select(k => Read(k, tellBroken)).OfType<JsonWebKey>()];

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

    // A number or point that is none is found when the key is made, not when it is read.
    private static JsonWebKey? Read(ObjectValue key, Action<string, string> tellBroken)
    {
        var id = key.GetString("kid") ?? "";
        try
        {
            return key.GetString("kty") switch
            {
                "RSA" => ReadRsa(key, id),
                "EC" => ReadEc(key, id),
                _ => null,
            };
        }
        catch (Exception e) when (e is FormatException or CryptographicException or ArgumentException)
        {
            tellBroken(id, e.Message);
            return null;
        }
    }

    private static JsonWebKey ReadRsa(ObjectValue key, string id)
    {
        var parameters = new RSAParameters { Modulus = Bytes(key, "n"), Exponent = Bytes(key, "e") };
        RSA.Create(parameters).Dispose();
        return new JsonWebKey(id, parameters, null);
    }

    private static JsonWebKey ReadEc(ObjectValue key, string id)
    {
        var parameters = new ECParameters { Curve = Curve(key), Q = new ECPoint { X = Bytes(key, "x"), Y = Bytes(key, "y") } };
        ECDsa.Create(parameters).Dispose();
        return new JsonWebKey(id, null, parameters);
    }

    private static byte[] Bytes(ObjectValue key, string name) =>
        key.GetString(name) is { Length: > 0 } text ? Base64Url.DecodeFromChars(text) : throw new FormatException($"{name} is missing");

    private static ECCurve Curve(ObjectValue key) => key.GetString("crv") switch
    {
        "P-256" => ECCurve.NamedCurves.nistP256,
        "P-384" => ECCurve.NamedCurves.nistP384,
        "P-521" => ECCurve.NamedCurves.nistP521,
        var other => throw new FormatException($"crv \"{other}\" is not one of P-256, P-384, P-521"),
    };
}
