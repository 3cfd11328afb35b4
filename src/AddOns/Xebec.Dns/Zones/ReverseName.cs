using System.Globalization;
using System.Net;

namespace Xebec.Dns.Zones;

/// <summary>Names below in-addr.arpa and ip6.arpa.</summary>
internal static class ReverseName
{
    private const string V4Suffix = ".in-addr.arpa", V6Suffix = ".ip6.arpa";

    public static bool TryParse(ReadOnlySpan<char> name, out IPAddress address)
    {
        address = IPAddress.None;
        if (name.EndsWith(V4Suffix, StringComparison.Ordinal)) return TryParse(name[..^V4Suffix.Length], 4, ref address);
        return name.EndsWith(V6Suffix, StringComparison.Ordinal) && TryParse(name[..^V6Suffix.Length], 16, ref address);
    }

    // Digits stand in reverse: decimal bytes for IPv4, hexadecimal half bytes for IPv6.
    private static bool TryParse(ReadOnlySpan<char> labels, int length, ref IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[length];
        bytes.Clear();
        var style = length == 4 ? NumberStyles.None : NumberStyles.AllowHexSpecifier;
        var maximum = length == 4 ? 255 : 15;
        var count = length == 4 ? 4 : 32;
        var index = count;
        foreach (var range in labels.Split('.'))
        {
            if (index-- == 0 || !byte.TryParse(labels[range], style, CultureInfo.InvariantCulture, out var value) || value > maximum) return false;
            if (length == 4) bytes[index] = value;
            else bytes[index / 2] |= (byte)(index % 2 == 0 ? value << 4 : value);
        }

        if (index != 0) return false;
        address = new(bytes);
        return true;
    }
}
