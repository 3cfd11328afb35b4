using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Registry;

namespace Xebec.ApiServer.Discovery;

/// <summary>One version of a group and what it serves, in order of the plurals.</summary>
internal sealed record ServedVersion(GroupVersion GroupVersion, IReadOnlyList<ServedResource> Resources)
{
    /// <summary>What the server that serves it says of it (APIVersionDiscovery); null when it is served here.</summary>
    public ObjectValue? Remote { get; init; }
}
