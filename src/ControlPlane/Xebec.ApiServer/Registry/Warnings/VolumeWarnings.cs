using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Warnings;

/// <summary>Volumes and claims: old annotations, plugins that are gone, and parts of bytes.</summary>
internal static class VolumeWarnings
{
    private const string ClassAnnotation = "volume.beta.kubernetes.io/storage-class";
    private const string MountAnnotation = "volume.beta.kubernetes.io/mount-options";

    private static readonly (string Plugin, string Message)[] Plugins =
    [
        ("photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"),
        ("gitRepo", "deprecated in v1.11, and disabled by default in v1.33+"),
        ("scaleIO", "deprecated in v1.16, non-functional in v1.22+"),
        ("flocker", "deprecated in v1.22, non-functional in v1.25+"),
        ("storageos", "deprecated in v1.22, non-functional in v1.25+"),
        ("quobyte", "deprecated in v1.22, non-functional in v1.25+"),
        ("glusterfs", "deprecated in v1.25, non-functional in v1.26+"),
        ("cephfs", "deprecated in v1.28, non-functional in v1.31+"),
        ("rbd", "deprecated in v1.28, non-functional in v1.31+"),
    ];

    public static void ReportVolume(ObjectValue volume, Action<string> warn)
    {
        var spec = volume.GetObject("spec") ?? [];
        ReportAnnotation(volume, ClassAnnotation, "deprecated since v1.8; use \"storageClassName\" attribute instead", warn);
        ReportAnnotation(volume, MountAnnotation, "deprecated since v1.31; use the \"mountOptions\" attribute instead", warn);
        if (spec.GetString("persistentVolumeReclaimPolicy") == "Recycle")
        {
            warn("spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. "
                + "Instead, the recommended approach is to use dynamic provisioning.");
        }

        var terms = spec.GetObject("nodeAffinity")?.GetObject("required")?.GetList("nodeSelectorTerms");
        NodeLabelWarnings.ReportTopologies(terms, FieldPath.Root("spec").Child("nodeAffinity", "required", "nodeSelectorTerms"), warn);
        ReportPlugin(spec, FieldPath.Root("spec"), warn);
    }

    public static void ReportClaim(ObjectValue claim, Action<string> warn)
    {
        ReportAnnotation(claim, ClassAnnotation, "deprecated since v1.8; use \"storageClassName\" attribute instead", warn);
        ReportClaimSpec(claim.GetObject("spec"), FieldPath.Root("spec"), warn);
    }

    /// <summary>The spec of a claim: bytes are whole.</summary>
    public static void ReportClaimSpec(ObjectValue? spec, FieldPath path, Action<string> warn)
    {
        foreach (var list in new[] { "requests", "limits" })
            ReportBytes(spec?.GetObject("resources")?.GetObject(list), "storage", path.Child("resources", list), warn);
    }

    /// <summary>Warns of a plugin that a volume names.</summary>
    public static void ReportPlugin(ObjectValue volume, FieldPath path, Action<string> warn)
    {
        foreach (var (plugin, message) in Plugins)
        {
            if (volume.GetObject(plugin) is not null)
                warn($"{path.Child(plugin)}: {message}");
        }
    }

    /// <summary>Warns of an amount of bytes that is not whole.</summary>
    public static void ReportBytes(ObjectValue? amounts, string resource, FieldPath path, Action<string> warn)
    {
        if (Quantity.TryParse(amounts?.GetString(resource) ?? "", out var amount) && decimal.Truncate(amount.Value) != amount.Value)
            warn($"{path.Key(resource)}: fractional byte value {GoText.Quote(amount.ToString())} is invalid, must be an integer");
    }

    private static void ReportAnnotation(ObjectValue item, string annotation, string message, Action<string> warn)
    {
        if (item.GetObject("metadata")?.GetObject("annotations")?.ContainsKey(annotation) == true)
            warn($"metadata.annotations[{annotation}]: {message}");
    }
}
