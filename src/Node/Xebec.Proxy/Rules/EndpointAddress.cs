using System.Net;

namespace Xebec.Proxy.Rules;

/// <summary>Where a connection may be sent.</summary>
internal readonly record struct EndpointAddress(IPAddress Address, int Port)
{
    /// <summary>As an nftables concatenation.</summary>
    public override string ToString() => $"{Address} . {Port}";
}
