using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Xebec.Host.Clusters;

/// <summary>The addresses of this machine.</summary>
internal static class Machine
{
    private static readonly IPAddress KubernetesServiceAddress = IPAddress.Parse("10.96.0.1");

    /// <summary>The address that pods and other machines reach this one by: the first that is not loopback, loopback when alone.</summary>
    public static IPAddress Address => Addresses.FirstOrDefault(IPAddress.Loopback);

    /// <summary>What the API server's certificate must hold.</summary>
    public static IEnumerable<IPAddress> ServingAddresses => Addresses.Append(KubernetesServiceAddress);

    private static IEnumerable<IPAddress> Addresses =>
        from card in NetworkInterface.GetAllNetworkInterfaces()
        where card.OperationalStatus != OperationalStatus.Down && card.NetworkInterfaceType != NetworkInterfaceType.Loopback
            && !card.Name.StartsWith("xb-", StringComparison.Ordinal)
        from address in card.GetIPProperties().UnicastAddresses
        where address.Address.AddressFamily == AddressFamily.InterNetwork
        select address.Address;
}
