using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Authorization;

/// <summary>Which objects a node has to do with: what the pods bound to it refer to, read from the caches.</summary>
internal sealed class NodeGraph(ResourceCatalog catalog)
{
    private readonly DerivedFacts<PodReferences> _pods = new(PodReferences.Read);
    private readonly DerivedFacts<VolumeReferences> _volumes = new(VolumeReferences.Read);
    private readonly DerivedFacts<string> _nodeNames = new(item => item.ToTree().GetObject("spec")?.GetString("nodeName") ?? "");

    /// <summary>Whether a pod on the node refers to an object (for pods: is on the node).</summary>
    public bool IsRelated(string node, string plural, string ns, string name) => plural switch
    {
        "pods" => Find("", "pods", ns, name) is { } pod && _pods.Of(pod).NodeName == node,
        "volumeattachments" => Find("storage.k8s.io", plural, "", name) is { } item && _nodeNames.Of(item) == node,
        "resourceslices" => Find("resource.k8s.io", plural, "", name) is { } slice && _nodeNames.Of(slice) == node,
        "persistentvolumes" => Find("", plural, "", name) is { } volume && IsMounted(node, _volumes.Of(volume)),
        "secrets" => IsReferred(node, plural, ns, name) || MountsWith(node, ns, name),
        _ => IsReferred(node, plural, ns, name),
    };

    private bool IsReferred(string node, string plural, string ns, string name)
    {
        foreach (var pod in In("pods", ns))
        {
            var references = _pods.Of(pod);
            if (references.NodeName == node && references.Contains(plural, name))
                return true;
        }

        return false;
    }

    // The volume's own word for its claim counts, which the controller gave it: anybody may make a claim that names a volume.
    private bool IsMounted(string node, VolumeReferences volume) =>
        volume.ClaimName.Length > 0 && IsReferred(node, "persistentvolumeclaims", volume.ClaimNamespace, volume.ClaimName);

    private bool MountsWith(string node, string ns, string secret)
    {
        foreach (var item in In("persistentvolumes", ""))
        {
            var volume = _volumes.Of(item);
            if (volume.Needs(ns, secret) && IsMounted(node, volume))
                return true;
        }

        return false;
    }

    private ReadOnlySpan<CachedObject> In(string plural, string ns)
    {
        var resource = catalog.Find("", "v1", plural)!;
        var snapshot = resource.Cache.Snapshot;
        if (snapshot.Objects.IsEmpty)
            return [];
        var (start, end) = snapshot.Find(resource.Prefix(ns), null);
        return snapshot.Ordered.AsSpan(start, end - start);
    }

    private CachedObject? Find(string group, string plural, string ns, string name)
    {
        var resource = catalog.Find(group, "v1", plural)!;
        return resource.Cache.Snapshot.Objects.GetValueOrDefault(resource.Key(ns, name));
    }
}
