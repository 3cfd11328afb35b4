using System.Collections.Frozen;

namespace Xebec.Kubelet.Volumes;

/// <summary>Where a pod's volumes are on the host, by name; and whether their content has to be looked at again now and then.</summary>
internal sealed record MountedVolumes(IReadOnlyDictionary<string, string> HostPaths, bool NeedsRefresh)
{
    public static readonly MountedVolumes None = new(FrozenDictionary<string, string>.Empty, false);
}
