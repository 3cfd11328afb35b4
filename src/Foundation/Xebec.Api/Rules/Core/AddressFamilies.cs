using System.Net;
using System.Net.Sockets;
using Xebec.ApiMachinery.Names;

namespace Xebec.Api.Rules.Core;

/// <summary>IPv4 and IPv6 side by side.</summary>
internal static class AddressFamilies
{
    /// <summary>Whether an address, or a block, is of IPv6.</summary>
    public static bool IsIPv6(string text) => text.Contains(':', StringComparison.Ordinal);

    /// <summary>Two addresses (or blocks), one of each family.</summary>
    public static bool IsPair(IReadOnlyList<string> texts) => texts.Count == 2 && IsIPv6(texts[0]) != IsIPv6(texts[1]);

    /// <summary>Why an address cannot be another machine's; null when it can, or is none.</summary>
    public static string? Objection(string text)
    {
        if (!AddressRules.TryParseIp(text, out var ip))
            return null;
        return ip switch
        {
            _ when ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any) => $"may not be unspecified ({text})",
            _ when IPAddress.IsLoopback(ip) => "may not be in the loopback range (127.0.0.0/8, ::1/128)",
            { IsIPv6LinkLocal: true } => "may not be in the link-local range (169.254.0.0/16, fe80::/10)",
            _ when ip.GetAddressBytes() is [169, 254, _, _] => "may not be in the link-local range (169.254.0.0/16, fe80::/10)",
            _ when IsLocalMulticast(ip) => "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)",
            _ => null,
        };
    }

    private static bool IsLocalMulticast(IPAddress ip)
    {
        var bytes = ip.GetAddressBytes();
        return ip.AddressFamily == AddressFamily.InterNetwork ? bytes is [224, 0, 0, _] : bytes[0] == 0xff && (bytes[1] & 0x0f) == 2;
    }
}
