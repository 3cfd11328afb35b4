using System.Net;

namespace Xebec.ApiMachinery.Names;

/// <summary>The rules of IP addresses and blocks, in upstream's words; no messages when the value is right.</summary>
public static class AddressRules
{
    /// <summary>An IPv4 or IPv6 address.</summary>
    public static IReadOnlyList<string> Ip(string text) =>
        TryParseIp(text, out _) ? [] : ["must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"];

    /// <summary>An IPv4 or IPv6 block.</summary>
    public static IReadOnlyList<string> Cidr(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && TryParseIp(text.AsSpan(0, slash), out var address) && IsPrefixLength(text.AsSpan(slash + 1), address)
            ? []
            : ["must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"];
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
