using System.Net;
using System.Net.Sockets;

namespace Xebec.Proxy.Rules;

/// <summary>The words nftables uses for one IP family.</summary>
internal sealed class IpFamily
{
    public static readonly IpFamily V4 = new("ip", "ipv4_addr", "127.0.0.0/8");
    public static readonly IpFamily V6 = new("ip6", "ipv6_addr", "::1/128");
    public static readonly IpFamily[] All = [V4, V6];

    private IpFamily(string name, string addressType, string loopback) => (Name, AddressType, Loopback) = (name, addressType, loopback);

    /// <summary>The table family and header name: ip or ip6.</summary>
    public string Name { get; }

    /// <summary>The set key type of an address.</summary>
    public string AddressType { get; }

    /// <summary>The loopback prefix.</summary>
    public string Loopback { get; }

    public static IpFamily Of(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? V6 : V4;

    public override string ToString() => Name;
}
