using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Environment variables from a file (KEP-3721): the file is in an empty directory of the pod.</summary>
internal static class FileKeyRules
{
    /// <summary>The walk stands on the reference.</summary>
    public static void Check(ObjectValue reference, CheckContext context)
    {
        if (reference.GetString("path") is { } path)
            context.CheckText("path", path, PathRules.NoStepsUp(path));
    }

    /// <summary>The walk stands on the pod's spec.</summary>
    public static void CheckVolumes(ObjectValue spec, CheckContext context) => PodContainerRules.Visit(spec, context, (container, at) =>
    {
        var variables = container.GetList("env");
        for (var i = 0; i < (variables?.Count ?? 0); i++)
        {
            if (variables![i].AsObject()?.GetObject("valueFrom")?.GetObject("fileKeyRef") is not { } reference)
                continue;
            var name = reference.GetString("volumeName") ?? "";
            var volume = VolumeDeviceRules.Find(spec.GetList("volumes"), name);
            var path = at.At("env").Index(i).Child("valueFrom", "fileKeyRef", "volumeName");
            if (volume is null)
                at.Add(FieldError.NotFound(path, name));
            else if (volume.GetObject("emptyDir") is null)
                at.Add(FieldError.Invalid(path, name, "referenced volume must be of type emptyDir"));
        }
    });
}
