using System.Text;
using Xebec.Api.Rules.Core;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Storage;

/// <summary>VolumeAttachments.</summary>
internal static class VolumeAttachmentRules
{
    private const int MetadataMaximumBytes = 256 * 1024;
    private const int MessageMaximumBytes = 1024;
    private const string Inline = "in the context of inline volumes";

    public static void CheckSource(ObjectValue source, CheckContext context)
    {
        var count = UnionRules.Count(source, "inlineVolumeSpec", "persistentVolumeName");
        if (count == 0)
            context.Add(FieldError.Required(context.Here, "must specify exactly one of inlineVolumeSpec and persistentVolumeName"));
        else if (count > 1)
            context.Add(FieldError.Forbidden(context.Here, "must specify exactly one of inlineVolumeSpec and persistentVolumeName"));
        else if (source.GetObject("inlineVolumeSpec") is { } spec)
            CheckInline(spec, context.At("inlineVolumeSpec"), context);
        else if (source.GetString("persistentVolumeName") is "")
            context.Required("persistentVolumeName", "must specify non empty persistentVolumeName");
    }

    /// <summary>The names, which only new attachments must have right.</summary>
    public static void CheckCreate(ObjectValue attachment, CheckContext context)
    {
        var spec = attachment.GetObject("spec") ?? [];
        var path = FieldPath.Root("spec");
        if (spec.GetString("attacher") is { Length: > 0 } attacher)
            DomainRules.CheckDriver(path.Child("attacher"), attacher, context);
        if (spec.GetObject("source")?.GetString("persistentVolumeName") is { Length: > 0 } name)
            context.AddInvalid(path.Child("source", "persistentVolumeName"), name, NameRules.DnsSubdomain(name));
    }

    public static void CheckStatus(ObjectValue status, CheckContext context)
    {
        var bytes = 0;
        foreach (var (key, value) in status.GetObject("attachmentMetadata") ?? [])
            bytes += Encoding.UTF8.GetByteCount(key) + Encoding.UTF8.GetByteCount(value.AsString() ?? "");
        if (bytes > MetadataMaximumBytes)
            context.Add(FieldError.TooLong(context.At("attachmentMetadata"), MetadataMaximumBytes));
    }

    // Upstream names the limit of the metadata here too.
    public static void CheckError(ObjectValue error, CheckContext context)
    {
        if (Encoding.UTF8.GetByteCount(error.GetString("message") ?? "") > MessageMaximumBytes)
            context.Add(FieldError.TooLong(context.At("message"), MetadataMaximumBytes));
    }

    private static void CheckInline(ObjectValue spec, FieldPath path, CheckContext context)
    {
        if (!spec["claimRef"].IsAbsent())
            context.Add(FieldError.Forbidden(path.Child("claimRef"), $"may not be specified {Inline}"));
        if (!spec["capacity"].IsZero())
            context.Add(FieldError.Forbidden(path.Child("capacity"), $"may not be specified {Inline}"));
        if (spec["csi"].IsAbsent())
            context.Add(FieldError.Required(path.Child("csi"), $"has to be specified {Inline}"));
        foreach (var field in new[] { "storageClassName", "nodeAffinity" })
        {
            if (!spec[field].IsZero())
                context.Add(FieldError.Forbidden(path.Child(field), $"may not be specified {Inline}"));
        }

        if (spec.GetString("volumeMode") is { Length: > 0 } and not "Filesystem")
            context.Add(FieldError.Forbidden(path.Child("volumeMode"), $"may not specify volumeMode other than Filesystem {Inline}"));
        if (spec.GetString("persistentVolumeReclaimPolicy") is { Length: > 0 } and not "Retain")
            context.Add(FieldError.Forbidden(path.Child("persistentVolumeReclaimPolicy"), $"may only be Retain {Inline}"));
        if (spec["accessModes"].IsZero())
            context.Add(FieldError.Required(path.Child("accessModes")));
    }
}
