using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Authorization;

/// <summary>The claim that a persistent volume is bound to, and the secrets that the kubelet needs to mount it.</summary>
internal sealed class VolumeReferences
{
    private static readonly string[] Sources = ["cephfs", "cinder", "flexVolume", "rbd", "scaleIO", "iscsi", "storageos"];

    // Of a CSI volume's secrets, those for controllers are not for nodes.
    private static readonly string[] NodeSecrets = ["nodePublishSecretRef", "nodeStageSecretRef", "nodeExpandSecretRef"];
    private readonly HashSet<(string Namespace, string Name)> _secrets = [];

    private VolumeReferences(string claimNamespace, string claimName) => (ClaimNamespace, ClaimName) = (claimNamespace, claimName);

    public string ClaimNamespace { get; }

    /// <summary>Empty while the volume is bound to none.</summary>
    public string ClaimName { get; }

    public bool Needs(string ns, string secret) => _secrets.Contains((ns, secret));

    public static VolumeReferences Read(CachedObject item)
    {
        var spec = item.ToTree().GetObject("spec") ?? new ObjectValue();
        var claim = spec.GetObject("claimRef");
        var found = new VolumeReferences(claim?.GetString("namespace") ?? "", claim?.GetString("name") ?? "");
        foreach (var source in Sources)
            found.Add(spec.GetObject(source)?.GetObject("secretRef"), "name", "namespace");
        found.Add(spec.GetObject("azureFile"), "secretName", "secretNamespace");
        foreach (var field in NodeSecrets)
            found.Add(spec.GetObject("csi")?.GetObject(field), "name", "namespace");
        return found;
    }

    private void Add(ObjectValue? reference, string name, string ns)
    {
        if (reference?.GetString(name) is { Length: > 0 } secret)
            _secrets.Add((reference.GetString(ns) is { Length: > 0 } own ? own : ClaimNamespace, secret));
    }
}
