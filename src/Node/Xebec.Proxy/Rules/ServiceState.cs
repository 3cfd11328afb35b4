using System.Collections.Immutable;

namespace Xebec.Proxy.Rules;

/// <summary>A Service and all its slices at one moment.</summary>
internal sealed record ServiceState(ProxyService Service, ImmutableArray<ProxyEndpointSlice> Slices);
