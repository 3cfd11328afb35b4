using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>The mounts and devices of a container against the volumes of its pod. The walk stands on the container.</summary>
internal static class VolumeMountRules
{
    public static void Check(ObjectValue container, ListValue? volumes, CheckContext context)
    {
        var mounts = container.GetList("volumeMounts");
        for (var i = 0; i < (mounts?.Count ?? 0); i++)
        {
            if (mounts![i] is ObjectValue mount)
                CheckMount(mount, i, mounts, container, volumes, context);
        }

        CheckDevices(container.GetList("volumeDevices"), volumes, context);
    }

    private static void CheckMount(
        ObjectValue mount, int index, ListValue mounts, ObjectValue container, ListValue? volumes, CheckContext context)
    {
        var path = mount.GetString("mountPath");
        if (mount.GetString("name") is { Length: > 0 } name && !Names(volumes, name))
            context.Add(FieldError.NotFound(At(index, "name", context), name));
        if (path is { Length: > 0 } && mounts.Take(index).Any(m => m.AsObject()?.GetString("mountPath") == path))
            context.Add(FieldError.Invalid(At(index, "mountPath", context), path, "must be unique"));
        if (!mount["subPath"].IsZero() && !mount["subPathExpr"].IsZero())
        {
            const string Message = "subPathExpr and subPath are mutually exclusive";
            context.Add(FieldError.Invalid(At(index, "subPathExpr", context), mount["subPathExpr"], Message));
        }

        var isPrivileged = container.GetObject("securityContext")?["privileged"]?.AsBool() == true;
        if (mount.GetString("mountPropagation") == "Bidirectional" && !isPrivileged)
        {
            const string Message = "Bidirectional mount propagation is available only to privileged containers";
            context.Add(FieldError.Forbidden(At(index, "mountPropagation", context), Message));
        }

        if (mount.GetString("recursiveReadOnly") is "IfPossible" or "Enabled" && mount["readOnly"]?.AsBool() != true)
            context.Add(FieldError.Forbidden(At(index, "recursiveReadOnly", context), "may only be specified when readOnly is true"));
    }

    private static void CheckDevices(ListValue? devices, ListValue? volumes, CheckContext context)
    {
        for (var i = 0; i < (devices?.Count ?? 0); i++)
        {
            if (devices![i].AsObject()?.GetString("name") is { Length: > 0 } name && !Names(volumes, name))
                context.Add(FieldError.NotFound(context.At("volumeDevices").Index(i).Child("name"), name));
        }
    }

    private static FieldPath At(int index, string name, CheckContext context) => context.At("volumeMounts").Index(index).Child(name);

    private static bool Names(ListValue? volumes, string name)
    {
        foreach (var volume in volumes ?? [])
        {
            if (volume.AsObject()?.GetString("name") == name)
                return true;
        }

        return false;
    }
}
