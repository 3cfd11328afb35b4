using System.Globalization;

namespace Xebec.Kubelet.Containers;

/// <summary>
/// The variables that announce services to containers (enableServiceLinks): NAME_SERVICE_HOST and the older link style. Pure.
/// </summary>
internal static class ServiceEnvironment
{
    public static Dictionary<string, string> Build(IEnumerable<Service> services)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var service in services.OrderBy(s => s.Metadata.CreationTimestamp))
        {
            if (service.Spec.ClusterIP is not ("" or "None") && service.Spec.Ports.Count > 0)
                Add(result, service);
        }

        return result;
    }

    private static void Add(Dictionary<string, string> result, Service service)
    {
        var name = VariableName(service.Metadata.Name);
        var address = service.Spec.ClusterIP;
        result[$"{name}_SERVICE_HOST"] = address;
        result[$"{name}_SERVICE_PORT"] = Text(service.Spec.Ports[0].Port);
        foreach (var port in service.Spec.Ports)
        {
            if (port.Name.Length > 0)
                result[$"{name}_SERVICE_PORT_{VariableName(port.Name)}"] = Text(port.Port);
        }

        for (var i = 0; i < service.Spec.Ports.Count; i++)
            AddLink(result, name, address, service.Spec.Ports[i], isFirst: i == 0);
    }

    private static void AddLink(Dictionary<string, string> result, string name, string address, ServicePort port, bool isFirst)
    {
        var protocol = port.Protocol.Length == 0 ? Protocol.TCP : port.Protocol;
        var host = address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address;
        var url = $"{protocol.ToLowerInvariant()}://{host}:{Text(port.Port)}";
        if (isFirst)
            result[$"{name}_PORT"] = url;
        var prefix = $"{name}_PORT_{Text(port.Port)}_{protocol}";
        result[prefix] = url;
        result[$"{prefix}_PROTO"] = protocol.ToLowerInvariant();
        result[$"{prefix}_PORT"] = Text(port.Port);
        result[$"{prefix}_ADDR"] = address;
    }

    private static string VariableName(string name) => name.ToUpperInvariant().Replace('-', '_');

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
