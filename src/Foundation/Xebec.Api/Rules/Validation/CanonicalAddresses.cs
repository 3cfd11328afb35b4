using System.Net;
using System.Net.Sockets;
using Xebec.ApiMachinery.Names;

namespace Xebec.Api.Rules.Validation;

/// <summary>Addresses and blocks in the one form that stands for them, so that two texts are equal when they mean the same.</summary>
internal static class CanonicalAddresses
{
    private const string LeadingZeros = "must not have leading 0s in IP or prefix length";
    private const string BadCidr = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

    /// <summary>An address.</summary>
    public static IReadOnlyList<string> Ip(string text)
    {
        if (!AddressRules.TryParseIp(text, out var address))
            return HasLeadingZeros(text, out _) ? ["must not have leading 0s"] : AddressRules.Ip(text);
        if (address.IsIPv4MappedToIPv6)
            return ["must not be an IPv4-mapped IPv6 address"];
        var canonical = address.ToString();
        return text == canonical ? [] : [$"must be in canonical form (\"{canonical}\")"];
    }

    /// <summary>A block: no bits of its address are set beyond its prefix.</summary>
    public static IReadOnlyList<string> Cidr(string text)
    {
        if (text.Split('/') is not [var ip, var prefix])
            return [BadCidr];
        if (AddressRules.Cidr(text).Count > 0)
            return HasLeadingZeros(ip, out var plain) && AddressRules.Cidr($"{plain}/{prefix}").Count == 0 ? [LeadingZeros] : [BadCidr];
        var address = IPAddress.Parse(ip);
        if (address.IsIPv4MappedToIPv6)
            return ["must not have an IPv4-mapped IPv6 address"];
        var network = IPNetwork.Parse(text);
        if (!network.BaseAddress.Equals(address))
            return ["must not have bits set beyond the prefix length"];
        return text == network.ToString() ? [] : [$"must be in canonical form (\"{network}\")"];
    }

    /// <summary>Whether a block is of IPv6; null when it is none.</summary>
    public static bool? IsIPv6(string cidr) => AddressRules.Cidr(cidr).Count > 0
        ? null
        : IPAddress.Parse(cidr.AsSpan(0, cidr.IndexOf('/', StringComparison.Ordinal))).AddressFamily == AddressFamily.InterNetworkV6;

    private static bool HasLeadingZeros(string text, out string plain)
    {
        plain = string.Join('.', text.Split('.').Select(p => p.Length > 1 ? p.TrimStart('0').PadLeft(1, '0') : p));
        return plain != text && AddressRules.TryParseIp(plain, out _);
    }
}
