using System.Net;

namespace Xebec.Proxy.Rules;

/// <summary>A UDP address and port (a node port if there is no address) and one endpoint that serves it.</summary>
internal readonly record struct UdpBinding(IPAddress? Address, int Port, IPAddress Endpoint);
