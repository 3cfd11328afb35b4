namespace Xebec.Kubelet.Runtime;

/// <summary>Transport of a port mapping.</summary>
public enum PortProtocol
{
    /// <summary>TCP.</summary>
    Tcp = 0,
    /// <summary>UDP.</summary>
    Udp = 1,
    /// <summary>SCTP.</summary>
    Sctp = 2,
}
