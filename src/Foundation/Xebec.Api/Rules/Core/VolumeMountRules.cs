using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>The mounts of a container against the volumes of its pod. The walk stands on the container.</summary>
internal static class VolumeMountRules
{
    private static readonly string[] Propagations = ["Bidirectional", "HostToContainer", "None"];
    private static readonly string[] ReadOnlyModes = ["Disabled", "Enabled", "IfPossible"];

    public static void Check(ObjectValue container, ListValue? volumes, CheckContext context)
    {
        if (container.GetList("volumeMounts") is { Count: > 0 } mounts)
        {
            context.Enter("volumeMounts");
            for (var i = 0; i < mounts.Count; i++)
            {
                if (mounts[i] is not ObjectValue mount)
                    continue;
                context.EnterItem(i);
                CheckMount(mount, i, mounts, container, volumes, context);
                context.Leave();
                CheckModes(mount, container, context);
            }

            context.Leave();
        }

        VolumeDeviceRules.Check(container, volumes, context);
    }

    private static void CheckMount(
        ObjectValue mount, int index, ListValue mounts, ObjectValue container, ListValue? volumes, CheckContext context)
    {
        var (name, path) = (mount.GetString("name") ?? "", mount.GetString("mountPath") ?? "");
        if (name.Length == 0)
            context.Required("name");
        if (VolumeDeviceRules.Find(volumes, name) is null)
            context.Add(FieldError.NotFound(context.At("name"), name));
        if (path.Length == 0)
            context.Required("mountPath");
        if (IsMountedBefore(mounts, index, path))
            context.Invalid("mountPath", path, "must be unique");
        foreach (var device in container.GetList("volumeDevices") ?? [])
        {
            if (device.AsObject()?.GetString("name") == name)
                context.Invalid("name", name, "must not already exist in volumeDevices");
            if ((device.AsObject()?.GetString("devicePath") ?? "") == path)
                context.Invalid("mountPath", path, "must not already exist as a path in volumeDevices");
        }

        if (!mount["subPath"].IsZero() && !mount["subPathExpr"].IsZero())
            context.Invalid("subPathExpr", mount["subPathExpr"], "subPathExpr and subPath are mutually exclusive");
    }

    private static bool IsMountedBefore(ListValue mounts, int index, string path)
    {
        for (var i = 0; i < index; i++)
        {
            if ((mounts[i].AsObject()?.GetString("mountPath") ?? "") == path)
                return true;
        }

        return false;
    }

    // Upstream's paths of these name the list, not the item.
    private static void CheckModes(ObjectValue mount, ObjectValue container, CheckContext context)
    {
        if (mount.GetString("subPath") is { Length: > 0 } subPath)
            context.CheckText("subPath", subPath, PathRules.Relative(subPath));
        if (mount.GetString("subPathExpr") is { Length: > 0 } expression)
            context.CheckText("subPathExpr", expression, PathRules.Relative(expression));
        CheckPropagation(mount.GetString("mountPropagation"), container, context);
        CheckReadOnly(mount, context);
    }

    private static void CheckPropagation(string? mode, ObjectValue container, CheckContext context)
    {
        if (mode is not null && Array.IndexOf(Propagations, mode) < 0)
            context.NotSupported("mountPropagation", mode, Propagations);
        if (mode == "Bidirectional" && container.GetObject("securityContext")?["privileged"]?.AsBool() != true)
            context.Forbidden("mountPropagation", "Bidirectional mount propagation is available only to privileged containers");
    }

    private static void CheckReadOnly(ObjectValue mount, CheckContext context)
    {
        if (mount.GetString("recursiveReadOnly") is not { } mode)
            return;
        if (Array.IndexOf(ReadOnlyModes, mode) < 0)
            context.NotSupported("recursiveReadOnly", mode, ReadOnlyModes);
        if (mode is not ("Enabled" or "IfPossible"))
            return;
        if (mount["readOnly"]?.AsBool() != true)
            context.Forbidden("recursiveReadOnly", "may only be specified when readOnly is true");
        if (mount.GetString("mountPropagation") is not (null or "None"))
            context.Forbidden("recursiveReadOnly", "may only be specified when mountPropagation is None or not specified");
    }
}
