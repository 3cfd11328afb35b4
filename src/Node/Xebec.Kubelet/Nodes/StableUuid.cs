using System.Security.Cryptography;
using System.Text;

namespace Xebec.Kubelet.Nodes;

/// <summary>A UUID made from a text, always the same for the same text (RFC 9562 version 8).</summary>
internal static class StableUuid
{
    public static string Of(string text)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true).ToString();
    }
}
