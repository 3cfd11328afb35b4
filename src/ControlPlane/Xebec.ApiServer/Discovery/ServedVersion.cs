using Xebec.ApiMachinery.Resources;
using Xebec.ApiServer.Registry;

namespace Xebec.ApiServer.Discovery;

/// <summary>One version of a group and what it serves, in order of the plurals.</summary>
internal sealed record ServedVersion(GroupVersion GroupVersion, IReadOnlyList<ServedResource> Resources);
