using System.Net;

namespace Xebec.ApiMachinery.Names;

/// <summary>The rules of IP addresses and blocks, in upstream's words; no messages when the value is right.</summary>
public static class AddressRules
{
    /// <summary>An IPv4 or IPv6 address.</summary>
    public static IReadOnlyList<string> Ip(string text)
    {
        if (TryParseIp(text, out var address))
            return address.IsIPv4MappedToIPv6 ? ["must not be an IPv4-mapped IPv6 address"] : [];
        return IsQuadWithLeadingZeros(text)
            ? ["must not have leading 0s"]
            : ["must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"];
    }

    /// <summary>An IPv4 or IPv6 block, with no bits set behind its prefix.</summary>
    public static IReadOnlyList<string> Cidr(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var (network, length) = slash > 0 ? (text[..slash], text[(slash + 1)..]) : ("", "");
        if (TryParseIp(network, out var address) && IsPrefixLength(length, address))
            return CidrObjection(address, int.Parse(length, System.Globalization.CultureInfo.InvariantCulture));
        return IsQuadWithLeadingZeros(network) || (address is not null && IsPrefixLength(TrimZeros(length), address))
            ? ["must not have leading 0s in IP or prefix length"]
            : ["must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"];
    }

    private static string[] CidrObjection(IPAddress address, int length)
    {
        if (address.IsIPv4MappedToIPv6)
            return ["must not have an IPv4-mapped IPv6 address"];
        var bytes = address.GetAddressBytes();
        for (var bit = length; bit < bytes.Length * 8; bit++)
        {
            if ((bytes[bit / 8] & (0x80 >> (bit % 8))) != 0)
                return ["must not have bits set beyond the prefix length"];
        }

        return [];
    }

    private static string TrimZeros(string digits) => digits.Length > 1 ? digits.TrimStart('0').PadLeft(1, '0') : digits;

    private static bool IsQuadWithLeadingZeros(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 4 && Array.TrueForAll(
            parts, p => p.Length > 0 && byte.TryParse(TrimZeros(p), System.Globalization.NumberStyles.None, null, out _));
    }

    /// <summary>Parses an address strictly: four decimal parts without leading zeros, or IPv6 without brackets and zone.</summary>
    public static bool TryParseIp(ReadOnlySpan<char> text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        if (text.ContainsAny('[', ']', '%') || (!text.Contains(':') && !IsDottedQuad(text)))
            return false;
        return IPAddress.TryParse(text, out address);
    }

    private static bool IsDottedQuad(ReadOnlySpan<char> text)
    {
        var parts = 0;
        foreach (var range in text.Split('.'))
        {
            var part = text[range];
            if (!byte.TryParse(part, System.Globalization.NumberStyles.None, null, out _) || (part.Length > 1 && part[0] == '0'))
                return false;
            parts++;
        }

        return parts == 4;
    }

    private static bool IsPrefixLength(ReadOnlySpan<char> text, IPAddress address) =>
        byte.TryParse(text, System.Globalization.NumberStyles.None, null, out var bits)
        && !(text.Length > 1 && text[0] == '0')
        && bits <= (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128);
}
