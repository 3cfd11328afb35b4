using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Authorization;

/// <summary>Which objects a node has to do with: what the pods bound to it refer to, read from the caches.</summary>
internal sealed class NodeGraph(ResourceCatalog catalog)
{
    private readonly DerivedFacts<PodReferences> _pods = new(PodReferences.Read);
    private readonly DerivedFacts<string> _volumes = new(claim => claim.ToTree().GetObject("spec")?.GetString("volumeName") ?? "");
    private readonly DerivedFacts<string> _attachments = new(item => item.ToTree().GetObject("spec")?.GetString("nodeName") ?? "");

    /// <summary>Whether a pod on the node refers to an object (for pods: is on the node).</summary>
    public bool IsRelated(string node, string plural, string ns, string name) => plural switch
    {
        "pods" => Find("", "pods", ns, name) is { } pod && _pods.Of(pod).NodeName == node,
        "volumeattachments" => Find("storage.k8s.io", "volumeattachments", "", name) is { } item && _attachments.Of(item) == node,
        "persistentvolumes" => IsMounted(node, name),
        _ => IsReferred(node, plural, ns, name),
    };

    private bool IsReferred(string node, string plural, string ns, string name)
    {
        foreach (var pod in PodsIn(ns))
        {
            var references = _pods.Of(pod);
            if (references.NodeName == node && references.Contains(plural, name))
                return true;
        }

        return false;
    }

    private bool IsMounted(string node, string volumeName)
    {
        foreach (var pod in PodsIn(""))
        {
            var references = _pods.Of(pod);
            if (references.NodeName != node)
                continue;
            foreach (var claimName in references.Claims)
            {
                if (Find("", "persistentvolumeclaims", pod.Facts.Namespace, claimName) is { } claim && _volumes.Of(claim) == volumeName)
                    return true;
            }
        }

        return false;
    }

    private ReadOnlySpan<CachedObject> PodsIn(string ns)
    {
        var pods = catalog.Find("", "v1", "pods")!;
        var snapshot = pods.Cache.Snapshot;
        var (start, end) = snapshot.Find(pods.Prefix(ns), null);
        return snapshot.Ordered.AsSpan(start, end - start);
    }

    private CachedObject? Find(string group, string plural, string ns, string name)
    {
        var resource = catalog.Find(group, "v1", plural)!;
        return resource.Cache.Snapshot.Objects.GetValueOrDefault(resource.Key(ns, name));
    }
}
