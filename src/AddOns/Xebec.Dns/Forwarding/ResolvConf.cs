using System.Net;

namespace Xebec.Dns.Forwarding;

/// <summary>Reads resolv.conf(5).</summary>
internal static class ResolvConf
{
    private const int DnsPort = 53;

    /// <summary>The name servers of <paramref name="text"/>, in order, without those in <paramref name="own"/>: asking ourselves is a loop.</summary>
    public static List<IPEndPoint> NameServers(string text, IReadOnlyCollection<IPAddress> own)
    {
        var servers = new List<IPEndPoint>();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var words = line.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words is not ["nameserver", var word, ..] || !IPAddress.TryParse(word, out var address)) continue;
            if (!own.Contains(address)) servers.Add(new(address, DnsPort));
        }

        return servers;
    }
}
