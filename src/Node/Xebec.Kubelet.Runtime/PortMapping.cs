namespace Xebec.Kubelet.Runtime;

/// <summary>A port of the pod opened on the host; host port 0 means none, an empty host IP means all addresses.</summary>
public sealed record PortMapping(PortProtocol Protocol, int ContainerPort, int HostPort, string HostIp = "");
