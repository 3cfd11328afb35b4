using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Authentication;

/// <summary>JSON Web Tokens signed with ES256 (RFC 7515, 7518): base64url(header).base64url(claims).base64url(signature).</summary>
internal static class JsonWebToken
{
    /// <summary>Signs claims; the caller sees to it that no two threads use the key at once.</summary>
    public static string Sign(ObjectValue claims, string keyId, ECDsa key)
    {
        var header = new ObjectValue { { "alg", "ES256" }, { "kid", keyId } };
        var signed = $"{Base64Url.EncodeToString(header.ToUtf8())}.{Base64Url.EncodeToString(claims.ToUtf8())}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>The claims of a token that the key has signed, null for anything else.</summary>
    public static ObjectValue? Verify(string token, ECDsa key)
    {
        var first = token.IndexOf('.', StringComparison.Ordinal);
        var last = token.LastIndexOf('.');
        if (first <= 0 || last <= first || token.AsSpan(first + 1, last - first - 1).Contains('.'))
            return null;
        if (Decode(token.AsSpan(last + 1)) is not { } signature || Parse(token.AsSpan(0, first))?.GetString("alg") != "ES256")
            return null;
        return key.VerifyData(Encoding.ASCII.GetBytes(token[..last]), signature, HashAlgorithmName.SHA256)
            ? Parse(token.AsSpan(first + 1, last - first - 1))
            : null;
    }

    /// <summary>The claims of a token, believed without a look at its signature; null when it is no token.</summary>
    public static ObjectValue? ReadUnverified(string token) => token.Split('.') is [_, var claims, _] ? Parse(claims) : null;

    private static ObjectValue? Parse(ReadOnlySpan<char> part)
    {
        try
        {
            return Decode(part) is { } json ? Value.Parse(json).AsObject() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[]? Decode(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        return Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, bytes, out var written) ? bytes[..written] : null;
    }
}
