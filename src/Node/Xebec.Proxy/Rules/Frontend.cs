using System.Net;

namespace Xebec.Proxy.Rules;

/// <summary>An address and port that clients use; every local address if <see cref="Address"/> is null (a node port).</summary>
internal readonly record struct Frontend(IpFamily Family, IPAddress? Address, string Protocol, int Port)
{
    /// <summary>The key in the verdict maps.</summary>
    public string Key => Address is null ? $"{Protocol} . {Port}" : $"{Address} . {Protocol} . {Port}";

    /// <summary>The key in the endpoint maps.</summary>
    public string EndpointKey(int index) => Address is null ? $"{Port} . {index}" : $"{Address} . {Port} . {index}";

    public string EndpointMap => Address is null ? RuleMaps.NodePortEndpoints(Protocol) : RuleMaps.Endpoints(Protocol);
}
