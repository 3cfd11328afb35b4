using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xebec.Cel.Functions;
using Xebec.Cel.Values;

namespace Xebec.Cel.Libraries;

/// <summary>Kubernetes' functions of IP addresses and networks (KEP-4358).</summary>
internal static class AddressLibrary
{
    // Upstream says it twice.
    private const string NetworkError = "network address parse error during conversion from string";

    public static void AddTo(FunctionTable table)
    {
        AddAddresses(table);
        AddNetworks(table);
    }

    private static void AddAddresses(FunctionTable table)
    {
        var (text, type) = (CelType.String, LibraryTypes.Ip);
        table.Function("ip", "string_to_ip", text, type, ToAddress);
        table.Function("isIP", "is_ip", text, CelType.Bool, v => CelBool.Of(Parse(Text.Of(v), out _) is not null));
        table.Function("ip.isCanonical", "ip_is_canonical", text, CelType.Bool, v => Parse(Text.Of(v), out var error) is { } address
            ? CelBool.Of(address.ToString() == Text.Of(v))
            : AddressError(error));
        table.Function("string", "ip_to_string", type, text, v => new CelString(v.ToString()!));
        table.Method("family", "ip_family", type, CelType.Int, v => CelInt.Of(Of(v).AddressFamily == AddressFamily.InterNetwork ? 4 : 6));
        table.Method("isUnspecified", "ip_is_unspecified", type, CelType.Bool, v => CelBool.Of(IsUnspecified(Of(v))));
        table.Method("isLoopback", "ip_is_loopback", type, CelType.Bool, v => CelBool.Of(IPAddress.IsLoopback(Of(v))));
        table.Method("isLinkLocalMulticast", "ip_is_link_local_multicast", type, CelType.Bool, v => CelBool.Of(IsLinkLocalMulticast(Of(v))));
        table.Method("isLinkLocalUnicast", "ip_is_link_local_unicast", type, CelType.Bool, v => CelBool.Of(IsLinkLocalUnicast(Of(v))));
        table.Method("isGlobalUnicast", "ip_is_global_unicast", type, CelType.Bool, v => CelBool.Of(IsGlobalUnicast(Of(v))));
    }

    private static void AddNetworks(FunctionTable table)
    {
        var (text, type) = (CelType.String, LibraryTypes.Cidr);
        table.Function("cidr", "string_to_cidr", text, type, ToNetwork);
        table.Function("isCIDR", "is_cidr", text, CelType.Bool, v => CelBool.Of(ToNetwork(v) is CidrValue));
        table.Function("string", "cidr_to_string", type, text, v => new CelString(v.ToString()!));
        table.Method("containsIP", "cidr_contains_ip_string", type, text, CelType.Bool, (c, v) => Contains(c, ToAddress(v)));
        table.Method("containsIP", "cidr_contains_ip_ip", type, LibraryTypes.Ip, CelType.Bool, Contains);
        table.Method("containsCIDR", "cidr_contains_cidr_string", type, text, CelType.Bool, (c, v) => ContainsNetwork(c, ToNetwork(v)));
        table.Method("containsCIDR", "cidr_contains_cidr", type, type, CelType.Bool, ContainsNetwork);
        table.Method("ip", "cidr_ip", type, LibraryTypes.Ip, v => new AddressValue(((CidrValue)v).Address));
        table.Method("prefixLength", "cidr_prefix_length", type, CelType.Int, v => CelInt.Of(((CidrValue)v).PrefixLength));
        table.Method("masked", "cidr_masked", type, type, v => ((CidrValue)v).Masked());
    }

    private static IPAddress Of(CelValue value) => ((AddressValue)value).Address;

    private static CelError AddressError(string? why) => new($"IP Address parse error during conversion from string: {why}");

    private static CelValue ToAddress(CelValue value) =>
        Parse(Text.Of(value), out var error) is { } address ? new AddressValue(address) : AddressError(error);

    private static CelValue ToNetwork(CelValue value)
    {
        var text = Text.Of(value);
        var slash = text.LastIndexOf('/');
        var why = "no '/'";
        if (slash >= 0 && Parse(text[..slash], out why) is { } address)
        {
            var digits = text.AsSpan(slash + 1);
            var maximum = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
            if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                && length <= maximum && (digits.Length == 1 || digits[0] != '0'))
                return new CidrValue(address, length);
            why = $"netip.ParsePrefix(\"{text}\"): prefix length out of range";
        }

        return new CelError($"{NetworkError}: {NetworkError}: {why}");
    }

    // Four plain decimal numbers without leading zeros, or IPv6 without zone and not a mapped IPv4 address.
    private static IPAddress? Parse(string text, out string? error)
    {
        error = $"ParseAddr(\"{text}\"): unable to parse IP";
        if (text.Contains('%', StringComparison.Ordinal))
        {
            error = $"IP address \"{text}\" with zone value is not allowed";
            return null;
        }

        if (text.Contains(':', StringComparison.Ordinal))
        {
            if (text.AsSpan().ContainsAny("[]/") || !IPAddress.TryParse(text, out var address) || address.AddressFamily != AddressFamily.InterNetworkV6)
                return null;
            if (!address.IsIPv4MappedToIPv6)
                return address;
            error = $"IPv4-mapped IPv6 address \"{text}\" is not allowed";
            return null;
        }

        var parts = text.Split('.');
        var bytes = new byte[4];
        for (var i = 0; i < 4; i++)
        {
            if (parts.Length != 4 || (parts[i].Length > 1 && parts[i][0] == '0')
                || !byte.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out bytes[i]))
                return null;
        }

        return new IPAddress(bytes);
    }

    private static CelValue Contains(CelValue network, CelValue address) =>
        address is AddressValue value ? CelBool.Of(((CidrValue)network).Contains(value.Address)) : address;

    private static CelValue ContainsNetwork(CelValue network, CelValue other) => other is CidrValue inner
        ? CelBool.Of(((CidrValue)network).PrefixLength <= inner.PrefixLength && ((CidrValue)network).Contains(inner.Address))
        : other;

    private static bool IsUnspecified(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private static bool IsLinkLocalUnicast(IPAddress address) =>
        address.IsIPv6LinkLocal || (address.GetAddressBytes() is [169, 254, _, _]);

    private static bool IsLinkLocalMulticast(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return bytes is [224, 0, 0, _] || (bytes.Length == 16 && bytes[0] == 0xFF && (bytes[1] & 0x0F) == 2);
    }

    private static bool IsGlobalUnicast(IPAddress address)
    {
        var isMulticast = address.IsIPv6Multicast || address.GetAddressBytes() is [>= 224 and < 240, _, _, _];
        return !isMulticast && !IsUnspecified(address) && !IPAddress.IsLoopback(address) && !IsLinkLocalUnicast(address)
            && !address.Equals(IPAddress.Broadcast);
    }
}
