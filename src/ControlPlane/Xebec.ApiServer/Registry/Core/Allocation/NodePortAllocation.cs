using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Core.Allocation;

/// <summary>Hands node ports to the ports of one Service and to its health check.</summary>
internal sealed class NodePortAllocation(ServiceAllocation taken)
{
    /// <summary>Of a Service that has none yet: ports of the same number, of different protocols, share one.</summary>
    public void AllocateFirst(ObjectValue spec)
    {
        var ports = Ports(spec);
        var byPort = new Dictionary<long, long>();
        for (var i = 0; i < ports.Count; i++)
        {
            var (number, given) = (Number(ports[i], "port"), Number(ports[i], "nodePort"));
            if (given == 0 && !ServiceUse.ChoosesNodePorts(spec))
                continue;
            if (byPort.TryGetValue(number, out var shared))
            {
                if (given == 0)
                    ports[i]["nodePort"] = shared;
                else if (given != shared)
                    taken.TakePort(given, i);
                continue;
            }

            ports[i]["nodePort"] = byPort[number] = Take(ports, number, i);
        }
    }

    private long Take(List<ObjectValue> ports, long number, int position)
    {
        if (ports.Find(p => Number(p, "port") == number && Number(p, "nodePort") != 0) is not { } requested)
            return taken.TakeAnyPort();
        taken.TakePort(Number(requested, "nodePort"), position);
        return Number(requested, "nodePort");
    }

    /// <summary>Of a Service that had some.</summary>
    public void AllocateNew(ObjectValue spec, HashSet<int> held)
    {
        var ports = Ports(spec);
        for (var i = 0; i < ports.Count; i++)
        {
            var given = Number(ports[i], "nodePort");
            if (given != 0 && (given is < 0 or > ushort.MaxValue || held.Add((int)given)))
                taken.TakePort(given, i);
            else if (given == 0 && ServiceUse.ChoosesNodePorts(spec))
                ports[i]["nodePort"] = taken.TakeAnyPort();
        }
    }

    /// <summary>Of a balancer that begins to ask the nodes.</summary>
    public void AllocateHealthCheck(ObjectValue spec)
    {
        if (Number(spec, "healthCheckNodePort") is not 0 and var given)
            taken.TakeHealthCheckPort(given);
        else
            spec["healthCheckNodePort"] = taken.TakeAnyPort();
    }

    private static List<ObjectValue> Ports(ObjectValue spec) => [.. (spec.GetList("ports") ?? []).OfType<ObjectValue>()];

    private static long Number(ObjectValue value, string field) => value[field]?.AsInt64() ?? 0;
}
