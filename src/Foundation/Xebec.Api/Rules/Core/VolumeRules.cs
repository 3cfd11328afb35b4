using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Volumes of a pod, and PersistentVolumes: each has one source.</summary>
internal static class VolumeRules
{
    private const string FileMode = "must be a number between 0 and 0777 (octal), both inclusive";

    // In the order in which a second source is recognized as one too many; what paths call it where that differs.
    private static readonly string[] Order =
    [
        "emptyDir", "hostPath", "gitRepo", "gcePersistentDisk", "awsElasticBlockStore", "secret", "nfs", "iscsi", "glusterfs", "flocker",
        "persistentVolumeClaim", "rbd", "cinder", "cephfs", "quobyte", "downwardAPI", "fc", "flexVolume", "configMap", "azureFile",
        "vsphereVolume", "photonPersistentDisk", "portworxVolume", "azureDisk", "storageos", "projected", "scaleIO", "local", "csi",
        "ephemeral", "image",
    ];

    public static void Default(ObjectValue volume)
    {
        if (CountSources(volume) == 0)
            volume["emptyDir"] = new ObjectValue();
        if (volume.GetObject("image") is { } image && image["pullPolicy"].IsZero())
            image["pullPolicy"] = ImageName.DefaultPullPolicy(image.GetString("reference") ?? "");
    }

    public static void Check(ObjectValue volume, CheckContext context)
    {
        CheckOneSource(volume, context);
        CheckIscsiName(volume, context);
        if (volume.GetObject("csi")?.GetObject("nodePublishSecretRef")?.GetString("name") is { Length: > 0 } secret)
            CheckSecretName(secret, context);
    }

    /// <summary>One source, no more. The walk stands on the volume.</summary>
    public static void CheckOneSource(ObjectValue volume, CheckContext context)
    {
        var count = CountSources(volume);
        if (count == 0)
            context.RequiredHere("must specify a volume type");
        if (count < 2)
            return;
        var found = false;
        foreach (var name in Order)
        {
            if (volume[name] is not ObjectValue)
                continue;
            if (found)
                context.Forbidden(name switch { "downwardAPI" => "downwarAPI", "cephfs" => "cephFS", _ => name }, "may not specify more than 1 volume type");
            found = true;
        }
    }

    public static void CheckHostPath(ObjectValue source, CheckContext context)
    {
        if (source.GetString("path") is { } path)
            context.CheckText("path", path, PathRules.NoStepsUp(path));
    }

    public static void CheckNfs(ObjectValue source, CheckContext context)
    {
        var path = source.GetString("path") ?? "";
        if (!path.StartsWith('/'))
            context.Invalid("path", path, "must be an absolute path");
    }

    public static void CheckEmptyDir(ObjectValue source, CheckContext context)
    {
        if (source.GetString("sizeLimit") is { } size && size.StartsWith('-'))
            context.Forbidden("sizeLimit", "SizeLimit field must be a valid resource quantity");
    }

    public static void CheckMode(ObjectValue source, CheckContext context)
    {
        CheckMode(source, "defaultMode", context);
        CheckMode(source, "mode", context);
    }

    private static void CheckMode(ObjectValue source, string name, CheckContext context)
    {
        if (source[name]?.AsInt64() is { } mode and (< 0 or > 511))
            context.Invalid(name, mode, FileMode);
    }

    private static int CountSources(ObjectValue volume)
    {
        var count = 0;
        foreach (var (name, value) in volume)
        {
            if (value is ObjectValue && name is not ("capacity" or "claimRef" or "nodeAffinity"))
                count++;
        }

        return count;
    }

    // An initiator's name becomes part of the target's, together with the volume's.
    private static void CheckIscsiName(ObjectValue volume, CheckContext context)
    {
        if (volume.GetObject("iscsi") is not { } iscsi || iscsi["initiatorName"].IsAbsent())
            return;
        var name = volume.GetString("name") ?? "";
        if (name.Length + 1 + (iscsi.GetString("targetPortal")?.Length ?? 0) > IscsiRules.LongestTarget)
            context.Invalid("name", name, IscsiRules.TargetTooLong);
    }

    private static void CheckSecretName(string secret, CheckContext context)
    {
        context.Enter("csi");
        context.CheckText("name", secret, ApiMachinery.Names.NameRules.DnsSubdomain(secret));
        context.Leave();
    }
}
