using System.Globalization;
using System.Net;

namespace Xebec.ApiServer.Proxy;

/// <summary>What a proxy request names: a pod, Service or node, and which port of it, by which scheme.</summary>
/// <param name="Scheme">http, https or empty.</param>
/// <param name="Name">The object's name.</param>
/// <param name="Port">A number, a port's name, or empty.</param>
internal readonly record struct ProxyName(string Scheme, string Name, string Port)
{
    /// <summary>Reads name, name:port or scheme:name:port; null when it is none of them.</summary>
    public static ProxyName? TryParse(string text) => text.Split(':') switch
    {
        [{ Length: > 0 } name] => new ProxyName("", name, ""),
        [{ Length: > 0 } name, var port] => new ProxyName("", name, port),
        [("http" or "https") and var scheme, { Length: > 0 } name, var port] => new ProxyName(scheme, name, port),
        _ => null,
    };

    /// <summary>The port's number, null when it is a name or none, or no port has it.</summary>
    public int? PortNumber =>
        int.TryParse(Port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= IPEndPoint.MaxPort ? number : null;
}
