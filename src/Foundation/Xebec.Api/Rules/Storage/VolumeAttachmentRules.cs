using Xebec.Api.Rules.Core;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Storage;

/// <summary>VolumeAttachments.</summary>
internal static class VolumeAttachmentRules
{
    public static void CheckSource(ObjectValue source, CheckContext context)
    {
        var count = UnionRules.Count(source, "inlineVolumeSpec", "persistentVolumeName");
        if (count == 0)
            context.Add(FieldError.Required(context.Here, "must specify exactly one of inlineVolumeSpec and persistentVolumeName"));
        else if (count > 1)
            context.Add(FieldError.Forbidden(context.Here, "must specify exactly one of inlineVolumeSpec and persistentVolumeName"));
    }
}
