using System.Net;

namespace Xebec.Proxy.Rules;

/// <summary>Computes the elements and chains of one Service: a pure function of the Service, its slices and the node's name.</summary>
internal sealed class ServiceRulesBuilder
{
    private readonly ServiceState _state;
    private readonly string _nodeName;
    private readonly ServiceRules _rules = new();

    private ServiceRulesBuilder(ServiceState state, string nodeName) => (_state, _nodeName) = (state, nodeName);

    /// <summary>The rules of <paramref name="state"/> on node <paramref name="nodeName"/>; none for a Service that is gone.</summary>
    public static ServiceRules Build(ServiceState? state, string nodeName)
    {
        if (state is null) return ServiceRules.None;
        var builder = new ServiceRulesBuilder(state, nodeName);
        foreach (var family in IpFamily.All) builder.AddFamily(family);
        builder.AddHairpins();
        return builder._rules;
    }

    private ProxyService Service => _state.Service;

    private void AddFamily(IpFamily family)
    {
        var clusterIPs = Service.ClusterIPs.Where(address => IpFamily.Of(address) == family).ToArray();
        if (clusterIPs.Length == 0) return;
        foreach (var address in clusterIPs) _rules.Elements.Add(new(family, RuleMaps.ClusterIPs, address.ToString(), null));
        foreach (var port in Service.Ports) AddPort(family, port, clusterIPs);
    }

    private void AddPort(IpFamily family, ProxyServicePort port, IPAddress[] clusterIPs)
    {
        var all = EndpointSelection.SelectPreferred(_state, port, family, _nodeName);
        var local = Service.InternalLocal || Service.ExternalLocal ? EndpointSelection.Select(_state, port, family, _nodeName) : all;
        foreach (var address in clusterIPs)
        {
            var frontend = new Frontend(family, address, port.Protocol, port.Port);
            AddFrontend(frontend, Service.InternalLocal ? local : all, all, masquerade: false);
        }

        foreach (var address in Service.ExternalAddresses)
        {
            if (IpFamily.Of(address) == family) AddExternal(new(family, address, port.Protocol, port.Port), local, all);
        }

        if (port.NodePort > 0) AddExternal(new(family, null, port.Protocol, port.NodePort), local, all);
    }

    private void AddExternal(Frontend frontend, List<EndpointAddress> local, List<EndpointAddress> all)
    {
        AddFrontend(frontend, Service.ExternalLocal ? local : all, all, masquerade: !Service.ExternalLocal);
        if (Service.ExternalLocal && all.Count > 0) AddBalancer(frontend, all, masquerade: false, isInternal: true);
    }

    private void AddFrontend(Frontend frontend, List<EndpointAddress> endpoints, List<EndpointAddress> all, bool masquerade)
    {
        if (endpoints.Count > 0)
        {
            AddBalancer(frontend, endpoints, masquerade, isInternal: false);
            return;
        }

        // Endpoints elsewhere that the policy forbids: silence, so that a load balancer tries another node.
        var verdict = all.Count > 0 ? "drop" : "goto refuse";
        var map = frontend.Address is null ? RuleMaps.UnservedNodePorts : RuleMaps.UnservedServices;
        _rules.Elements.Add(new(frontend.Family, map, frontend.Key, verdict));
    }

    private void AddBalancer(Frontend frontend, List<EndpointAddress> endpoints, bool masquerade, bool isInternal)
    {
        var isNodePort = frontend.Address is null;
        var sticky = Service.AffinityTimeoutSeconds is not null;
        var chain = new BalancerChain(frontend.Family, frontend.Protocol, endpoints.Count, isNodePort, masquerade, sticky, isInternal);
        _rules.Balancers.Add(chain);
        var map = isNodePort
            ? isInternal ? RuleMaps.InternalNodePorts : RuleMaps.NodePorts
            : isInternal ? RuleMaps.InternalServices : RuleMaps.Services;
        _rules.Elements.Add(new(frontend.Family, map, frontend.Key, "goto " + chain.Name));
        var index = isInternal ? BalancerChain.InternalOffset : 0;
        foreach (var endpoint in endpoints)
        {
            _rules.Elements.Add(new(frontend.Family, frontend.EndpointMap, frontend.EndpointKey(index++), endpoint.ToString()));
            if (frontend.Protocol == "udp") _rules.UdpBindings.Add(new(frontend.Address, frontend.Port, endpoint.Address));
        }

        if (sticky) AddRecorder(frontend);
    }

    private void AddRecorder(Frontend frontend)
    {
        var chain = new RecorderChain(frontend.Family, frontend.Protocol, Service.AffinityTimeoutSeconds!.Value);
        _rules.Recorders.Add(chain);
        var map = frontend.Address is null ? RuleMaps.NodePortRecorders : RuleMaps.Recorders;
        _rules.Elements.Add(new(frontend.Family, map, frontend.Key, "goto " + chain.Name));
    }

    private void AddHairpins()
    {
        foreach (var slice in _state.Slices)
        {
            foreach (var endpoint in slice.Endpoints)
            {
                if (endpoint.NodeName != _nodeName) continue;
                var family = IpFamily.Of(endpoint.Address);
                _rules.Elements.Add(new(family, RuleMaps.Hairpins, $"{endpoint.Address} . {endpoint.Address}", null));
            }
        }
    }
}
