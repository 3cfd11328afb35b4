using Xebec.Api.Core.V1;
using EndpointPort = Xebec.Api.Discovery.V1.EndpointPort;

namespace Xebec.ControllerManager.Controllers.EndpointSlices;

/// <summary>Which ports of a pod the ports of a Service lead to.</summary>
internal static class ServicePorts
{
    /// <summary>The ports, without those whose name no container has.</summary>
    public static List<EndpointPort> Of(Service service, Pod pod)
    {
        var ports = new List<EndpointPort>(service.Spec.Ports.Count);
        foreach (var port in service.Spec.Ports)
        {
            if (Find(pod, port) is { } number)
                ports.Add(new EndpointPort { Name = port.Name, Port = number, Protocol = port.Protocol, AppProtocol = port.AppProtocol });
        }

        return ports;
    }

    private static int? Find(Pod pod, ServicePort port)
    {
        if (port.TargetPort.Text is not { } name)
            return port.TargetPort.Number > 0 ? port.TargetPort.Number : port.Port;
        foreach (var container in pod.Spec.Containers.Concat(pod.Spec.InitContainers.Where(c => c.RestartPolicy == "Always")))
        {
            foreach (var candidate in container.Ports)
            {
                if (candidate.Name == name && (candidate.Protocol.Length == 0 ? "TCP" : candidate.Protocol) == port.Protocol)
                    return candidate.ContainerPortValue;
            }
        }

        return null;
    }
}
