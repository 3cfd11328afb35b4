using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>The raw devices of a container: volumes of claims, at paths of their own. The walk stands on the container.</summary>
internal static class VolumeDeviceRules
{
    public static void Check(ObjectValue container, ListValue? volumes, CheckContext context)
    {
        if (container.GetList("volumeDevices") is not { Count: > 0 } devices)
            return;
        context.Enter("volumeDevices");
        for (var i = 0; i < devices.Count; i++)
        {
            if (devices[i] is not ObjectValue device)
                continue;
            context.EnterItem(i);
            CheckName(device.GetString("name") ?? "", devices.Take(i), container, volumes, context);
            CheckPath(device.GetString("devicePath") ?? "", devices.Take(i), container, context);
            context.Leave();
        }

        context.Leave();
    }

    /// <summary>The volume of a name.</summary>
    public static ObjectValue? Find(ListValue? volumes, string name)
    {
        foreach (var item in volumes ?? [])
        {
            if (item is ObjectValue volume && volume.GetString("name") == name)
                return volume;
        }

        return null;
    }

    private static void CheckName(string name, IEnumerable<Value> before, ObjectValue container, ListValue? volumes, CheckContext context)
    {
        var volume = Find(volumes, name);
        if (name.Length == 0)
            context.Required("name");
        if (name.Length > 0 && Has(before, "name", name))
            context.Invalid("name", name, "must be unique");
        if (volume is null)
            context.Add(FieldError.NotFound(context.At("name"), name));
        else if (volume.GetObject("persistentVolumeClaim") is null && volume.GetObject("ephemeral") is null)
            context.Invalid("name", name, "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
        if (Has(container.GetList("volumeMounts") ?? [], "name", name))
            context.Invalid("name", name, "must not already exist in volumeMounts");
    }

    private static void CheckPath(string path, IEnumerable<Value> before, ObjectValue container, CheckContext context)
    {
        if (path.Length == 0)
            context.Required("devicePath");
        if (Has(before, "devicePath", path))
            context.Invalid("devicePath", path, "must be unique");
        if (PathRules.StepsUp(path))
            context.Invalid("devicePath", path, "can not contain backsteps ('..')");
        if (Has(container.GetList("volumeMounts") ?? [], "mountPath", path))
            context.Invalid("devicePath", path, "must not already exist as a path in volumeMounts");
    }

    private static bool Has(IEnumerable<Value> items, string field, string value) =>
        items.Any(i => (i.AsObject()?.GetString(field) ?? "") == value);
}
