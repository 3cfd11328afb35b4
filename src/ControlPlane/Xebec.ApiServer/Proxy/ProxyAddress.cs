using System.Net;
using System.Net.Sockets;
using Xebec.ApiMachinery.Errors;

namespace Xebec.ApiServer.Proxy;

/// <summary>Which addresses users may reach through this server: none that mean this machine or its link.</summary>
internal static class ProxyAddress
{
    /// <summary>Refuses what is no global unicast address.</summary>
    /// <exception cref="ApiException">400.</exception>
    public static void Check(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        var isLocal = IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ||
            address.Equals(IPAddress.Broadcast) || address.IsIPv6LinkLocal || address.IsIPv6Multicast ||
            (address.AddressFamily == AddressFamily.InterNetwork && (bytes[0] is >= 224 and < 240 || (bytes[0] == 169 && bytes[1] == 254)));
        if (isLocal)
            throw ApiErrors.BadRequest("address not allowed");
    }

    /// <summary>
    /// The address of a host, to be dialled in place of its name: asked again, a name server could answer with another one. A host of which
    /// any address is refused is refused.
    /// </summary>
    /// <exception cref="ApiException">400.</exception>
    public static async Task<IPAddress> ResolveAsync(
        string host, Func<string, CancellationToken, Task<IPAddress[]>> resolve, CancellationToken cancellationToken)
    {
        try
        {
            var addresses = await resolve(host, cancellationToken);
            foreach (var address in addresses)
                Check(address);
            return addresses.Length > 0 ? addresses[0] : throw ApiErrors.BadRequest("no addresses for hostname");
        }
        catch (SocketException)
        {
            throw ApiErrors.BadRequest("no addresses for hostname");
        }
    }
}
