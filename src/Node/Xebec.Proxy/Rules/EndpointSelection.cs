namespace Xebec.Proxy.Rules;

/// <summary>Which endpoints of a Service take new connections (KEP-1669: serving terminating ones when none is ready).</summary>
internal static class EndpointSelection
{
    /// <summary>All that may serve <paramref name="nodeName"/>: the ones hinted to it if every endpoint is hinted (KEP-3015), else all.</summary>
    public static List<EndpointAddress> SelectPreferred(ServiceState state, ProxyServicePort port, IpFamily family, string nodeName)
    {
        var ready = state.Slices.SelectMany(slice => slice.Endpoints).Where(endpoint => endpoint.Ready);
        if (ready.Any(endpoint => endpoint.ForNodes.IsEmpty)) return Select(state, port, family, null);
        var hinted = new ServiceState(state.Service, [.. state.Slices.Select(slice => HintedTo(slice, nodeName))]);
        var preferred = Select(hinted, port, family, null);
        return preferred.Count > 0 ? preferred : Select(state, port, family, null);
    }

    private static ProxyEndpointSlice HintedTo(ProxyEndpointSlice slice, string nodeName) =>
        slice with { Endpoints = [.. slice.Endpoints.Where(endpoint => endpoint.Ready && endpoint.ForNodes.Contains(nodeName))] };

    /// <summary>The endpoints of one port, in a stable order without duplicates; only those of <paramref name="localNode"/> if given.</summary>
    public static List<EndpointAddress> Select(ServiceState state, ProxyServicePort port, IpFamily family, string? localNode)
    {
        var ready = new SortedSet<EndpointAddress>(EndpointAddressOrder.Instance);
        var fallback = new SortedSet<EndpointAddress>(EndpointAddressOrder.Instance);
        foreach (var slice in state.Slices)
        {
            if (PortOf(slice, port) is not { } targetPort) continue;
            foreach (var endpoint in slice.Endpoints)
            {
                if (IpFamily.Of(endpoint.Address) != family || (localNode is not null && endpoint.NodeName != localNode)) continue;
                var address = new EndpointAddress(endpoint.Address, targetPort);
                if (endpoint.Ready) ready.Add(address);
                else if (endpoint is { Serving: true, Terminating: true }) fallback.Add(address);
            }
        }

        return [.. ready.Count > 0 ? ready : fallback];
    }

    private static int? PortOf(ProxyEndpointSlice slice, ProxyServicePort port)
    {
        foreach (var candidate in slice.Ports)
        {
            if (candidate.Name == port.Name && candidate.Protocol == port.Protocol) return candidate.Port;
        }

        return null;
    }
}
