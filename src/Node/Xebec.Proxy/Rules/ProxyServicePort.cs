namespace Xebec.Proxy.Rules;

/// <summary>One port of a Service; <see cref="Protocol"/> is tcp or udp, <see cref="NodePort"/> 0 where there is none.</summary>
internal sealed record ProxyServicePort(string Name, string Protocol, int Port, int NodePort);
