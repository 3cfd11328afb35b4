using System.Globalization;
using System.Net;

namespace Xebec.Kubelet.Cri.Network;

/// <summary>A node's pod addresses: the first is the bridge's, the pods' gateway.</summary>
internal sealed record PodSubnet(IPAddress Gateway, int PrefixLength)
{
    /// <summary>Fixed, as a bridge otherwise takes its lowest port's address and pods lose their gateway whenever that port goes.</summary>
    public string BridgeHardwareAddress =>
        "0a:58:" + string.Join(':', Gateway.GetAddressBytes().Select(part => part.ToString("x2", CultureInfo.InvariantCulture)));

    /// <exception cref="FormatException">It is no IPv4 network of at least four addresses.</exception>
    public static PodSubnet Parse(string cidr)
    {
        var network = IPNetwork.Parse(cidr);
        var bytes = network.BaseAddress.GetAddressBytes();
        if (bytes.Length != 4 || network.PrefixLength > 30)
            throw new FormatException($"pod CIDR {cidr}: an IPv4 network of at least four addresses is needed, such as 10.244.0.0/24");
        bytes[3]++;
        return new PodSubnet(new IPAddress(bytes), network.PrefixLength);
    }
}
