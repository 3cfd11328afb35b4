using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Authorization;

/// <summary>The node a pod is on, and the objects of its namespace that it refers to.</summary>
internal sealed class PodReferences
{
    /// <summary>Marks a pod that a kubelet made to show one of its own.</summary>
    public const string MirrorAnnotation = "kubernetes.io/config.mirror";

    private readonly HashSet<(string Plural, string Name)> _references = [];

    private PodReferences(string nodeName) => NodeName = nodeName;

    public string NodeName { get; }

    public bool Contains(string plural, string name) => _references.Contains((plural, name));

    /// <summary>The pod refers to an object of a resource.</summary>
    public bool ContainsAny(string plural) => _references.Any(r => r.Plural == plural);

    /// <summary>Whether a pod is a mirror.</summary>
    public static bool IsMirror(ObjectValue pod) => pod.GetObject("metadata")?.GetObject("annotations")?.ContainsKey(MirrorAnnotation) == true;

    /// <summary>What makes a pod's node related to other objects: nothing that a mirror refers to, for its node made it.</summary>
    public static PodReferences Read(CachedObject item)
    {
        var tree = item.ToTree();
        return IsMirror(tree) ? new PodReferences(tree.GetObject("spec")?.GetString("nodeName") ?? "") : All(tree, item.Facts.Name);
    }

    /// <summary>Reads a pod's tree, whatever it is.</summary>
    public static PodReferences All(ObjectValue tree, string podName)
    {
        var spec = tree.GetObject("spec") ?? new ObjectValue();
        var found = new PodReferences(spec.GetString("nodeName") ?? "");
        found.Add("serviceaccounts", spec.GetString("serviceAccountName"));
        foreach (var volume in spec.GetList("volumes") ?? [])
        {
            // A claim that the pod's own controller makes is named after the pod and the volume.
            if (volume.AsObject()?.GetObject("ephemeral") is not null)
                found.Add("persistentvolumeclaims", $"{podName}-{volume.AsObject()!.GetString("name")}");
        }

        found.AddClaims(spec, tree.GetObject("status") ?? new ObjectValue());
        found.Visit(spec);
        return found;
    }

    // A claim that is made from a template has the name that the status tells.
    private void AddClaims(ObjectValue spec, ObjectValue status)
    {
        var made = (status.GetList("resourceClaimStatuses") ?? []).OfType<ObjectValue>().ToArray();
        foreach (var claim in (spec.GetList("resourceClaims") ?? []).OfType<ObjectValue>())
        {
            Add("resourceclaims", claim.GetString("resourceClaimName") ??
                Array.Find(made, s => s.GetString("name") == claim.GetString("name"))?.GetString("resourceClaimName"));
        }

        Add("resourceclaims", status.GetObject("extendedResourceClaimStatus")?.GetString("resourceClaimName"));
    }

    private void Visit(Value value)
    {
        if (value is ListValue list)
        {
            foreach (var item in list)
                Visit(item);
        }
        else if (value is ObjectValue tree)
        {
            foreach (var (name, member) in tree)
            {
                Take(name, member);
                Visit(member);
            }
        }
    }

    private void Take(string field, Value member)
    {
        var tree = member.AsObject();
        switch (field)
        {
            case "secret" or "secretRef" or "secretKeyRef" or "nodePublishSecretRef":
                Add("secrets", tree?.GetString("secretName") ?? tree?.GetString("name"));
                break;
            case "secretName":
                Add("secrets", member.AsString());
                break;
            case "imagePullSecrets":
                foreach (var secret in member.AsList() ?? [])
                    Add("secrets", secret.AsObject()?.GetString("name"));
                break;
            case "configMap" or "configMapRef" or "configMapKeyRef":
                Add("configmaps", tree?.GetString("name"));
                break;
            case "persistentVolumeClaim":
                Add("persistentvolumeclaims", tree?.GetString("claimName"));
                break;
        }
    }

    private void Add(string plural, string? name)
    {
        if (name is { Length: > 0 })
            _references.Add((plural, name));
    }
}
