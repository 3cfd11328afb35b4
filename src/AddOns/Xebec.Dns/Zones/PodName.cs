using System.Net;
using System.Net.Sockets;

namespace Xebec.Dns.Zones;

/// <summary>The label of a pod's address: 10-244-0-5, 2001-db8--1.</summary>
internal static class PodName
{
    public static bool TryParse(ReadOnlySpan<char> label, out IPAddress address)
    {
        Span<char> text = stackalloc char[DnsWireLabel];
        address = IPAddress.None;
        if (label.Length > text.Length) return false;
        label.Replace(text, '-', '.');
        if (label.Count('-') == 3 && IPAddress.TryParse(text[..label.Length], out var v4) && v4.AddressFamily == AddressFamily.InterNetwork)
        {
            address = v4;
            return true;
        }

        label.Replace(text, '-', ':');
        if (!IPAddress.TryParse(text[..label.Length], out var v6) || v6.AddressFamily != AddressFamily.InterNetworkV6) return false;
        address = v6;
        return true;
    }

    private const int DnsWireLabel = Messages.DnsWire.MaxLabelLength;
}
