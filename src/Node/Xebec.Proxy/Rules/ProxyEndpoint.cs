using System.Collections.Immutable;
using System.Net;

namespace Xebec.Proxy.Rules;

/// <summary>One endpoint of a slice with its conditions resolved (absent ready and serving count as true).</summary>
internal sealed record ProxyEndpoint(IPAddress Address, bool Ready, bool Serving, bool Terminating, string? NodeName)
{
    /// <summary>hints.forNodes: the nodes that shall prefer this endpoint.</summary>
    public ImmutableArray<string> ForNodes { get; init; } = [];
}
