namespace Xebec.Proxy.Rules;

/// <summary>One port of a slice; <see cref="Protocol"/> is tcp or udp.</summary>
internal sealed record ProxyEndpointPort(string Name, string Protocol, int Port);
