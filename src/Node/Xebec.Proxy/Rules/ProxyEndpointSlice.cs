using System.Collections.Immutable;

namespace Xebec.Proxy.Rules;

/// <summary>What the rules need of an EndpointSlice.</summary>
internal sealed record ProxyEndpointSlice(
    string Name, string ServiceKey, ImmutableArray<ProxyEndpointPort> Ports, ImmutableArray<ProxyEndpoint> Endpoints);
