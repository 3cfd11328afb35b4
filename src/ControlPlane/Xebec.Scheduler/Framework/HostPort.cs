using Xebec.Api.Core.V1;

namespace Xebec.Scheduler.Framework;

/// <summary>A port that a pod takes on its node.</summary>
internal readonly record struct HostPort(string Ip, string Protocol, int Port)
{
    private const string AnyAddress = "0.0.0.0";

    public static HostPort[] Of(Pod pod)
    {
        List<HostPort>? ports = null;
        foreach (var container in pod.Spec.Containers)
            Add(container, ref ports);
        foreach (var container in pod.Spec.InitContainers)
        {
            if (container.RestartPolicy == "Always")
                Add(container, ref ports);
        }

        return ports?.ToArray() ?? [];
    }

    public bool ConflictsWith(HostPort other) =>
        Port == other.Port && Protocol == other.Protocol && (Ip == other.Ip || Ip == AnyAddress || other.Ip == AnyAddress);

    private static void Add(Container container, ref List<HostPort>? ports)
    {
        foreach (var port in container.Ports)
        {
            if (port.HostPort <= 0)
                continue;
            var ip = port.HostIP.Length > 0 ? port.HostIP : AnyAddress;
            (ports ??= []).Add(new HostPort(ip, port.Protocol.Length > 0 ? port.Protocol : "TCP", port.HostPort));
        }
    }
}
