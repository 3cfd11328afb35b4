using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Authentication.Jwt;

/// <summary>A JWT taken apart (RFC 7515); nothing of it is believed yet.</summary>
/// <param name="Algorithm">The header's alg.</param>
/// <param name="KeyId">The header's kid, empty when it has none.</param>
/// <param name="Claims">The claims.</param>
/// <param name="Signed">What the signature is over.</param>
/// <param name="Signature">The signature.</param>
internal sealed record SignedToken(string Algorithm, string KeyId, ObjectValue Claims, byte[] Signed, byte[] Signature)
{
    /// <summary>Takes a token apart, null when it is none.</summary>
    public static SignedToken? Parse(string token)
    {
        if (token.Split('.') is not [var header, var claims, var signature] || !Base64Url.IsValid(signature))
            return null;
        if (Read(header) is not { } head || Read(claims) is not { } body || head.GetString("alg") is not { Length: > 0 } algorithm)
            return null;
        return new SignedToken(
            algorithm, head.GetString("kid") ?? "", body, Encoding.ASCII.GetBytes($"{header}.{claims}"), Base64Url.DecodeFromChars(signature));
    }

    private static ObjectValue? Read(string part)
    {
        try
        {
            return Base64Url.IsValid(part) ? Value.Parse(Base64Url.DecodeFromChars(part)).AsObject() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
