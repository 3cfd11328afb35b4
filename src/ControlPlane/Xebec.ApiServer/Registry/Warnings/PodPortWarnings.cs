using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Warnings;

/// <summary>The ports of all containers of a pod: the same one twice, or nearly so.</summary>
internal static class PodPortWarnings
{
    private readonly record struct Port(FieldPath Path, string HostIP, long HostPort);

    public static void Report(ObjectValue spec, FieldPath specPath, Action<string> warn)
    {
        var known = new Dictionary<(long, string), List<Port>>();
        foreach (var (container, path) in PodContainerWarnings.All(spec, specPath))
        {
            var ports = container.GetList("ports") ?? [];
            for (var i = 0; i < ports.Count; i++)
                ReportPort(ports[i].AsObject() ?? [], path.Child("ports").Index(i), known, warn);
        }
    }

    private static void ReportPort(ObjectValue item, FieldPath path, Dictionary<(long, string), List<Port>> known, Action<string> warn)
    {
        var port = new Port(path, item.GetString("hostIP") ?? "", item["hostPort"]?.AsInt64() ?? 0);
        var (number, protocol) = (item["containerPort"]?.AsInt64() ?? 0, item.GetString("protocol") ?? "");
        if (port.HostIP.Length > 0 && port.HostPort == 0)
        {
            warn($"{path}: hostIP set without hostPort: {{Name:{item.GetString("name")} HostPort:0 ContainerPort:{number} "
                + $"Protocol:{protocol} HostIP:{port.HostIP}}}");
        }

        if (!known.TryGetValue((number, protocol), out var others))
            known[(number, protocol)] = others = [];
        foreach (var other in others)
        {
            if (Conflict(port, other) is { } conflict)
                warn($"{path}: {conflict} port definition with {other.Path}");
        }

        others.Add(port);
    }

    private static string? Conflict(Port port, Port other)
    {
        if (port.HostIP == other.HostIP && port.HostPort == other.HostPort)
            return "duplicate";
        if (port.HostPort == 0 || other.HostPort == 0)
            return "overlapping";
        return port.HostPort == other.HostPort && (port.HostIP.Length == 0) != (other.HostIP.Length == 0) ? "dangerously ambiguous" : null;
    }
}
