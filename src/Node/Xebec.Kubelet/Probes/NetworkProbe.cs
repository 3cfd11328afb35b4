namespace Xebec.Kubelet.Probes;

/// <summary>One try of a probe that goes over the network, as a simulated node answers it.</summary>
/// <param name="ContainerId">The container, by the runtime's id.</param>
/// <param name="Port">The port asked; 0 when the container has none of the probe's name.</param>
/// <param name="Path">The path of an httpGet, empty for tcpSocket and grpc.</param>
public sealed record NetworkProbe(string ContainerId, int Port, string Path)
{
    internal static NetworkProbe Of(ProbeTarget target)
    {
        var probe = target.Probe;
        var port = probe.HttpGet is { } get ? ProbeHttp.Port(get.Port, target.Container)
            : probe.TcpSocket is { } tcp ? ProbeHttp.Port(tcp.Port, target.Container)
            : probe.Grpc?.Port;
        return new NetworkProbe(target.Status.Id, port ?? 0, probe.HttpGet?.Path ?? "");
    }
}
