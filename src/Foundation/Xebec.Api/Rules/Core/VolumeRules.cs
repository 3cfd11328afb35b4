using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Volumes of a pod, and PersistentVolumes: each has one source.</summary>
internal static class VolumeRules
{
    public static void Default(ObjectValue volume)
    {
        if (Sources(volume, context: null) == 0)
            volume["emptyDir"] = new ObjectValue();
        if (volume.GetObject("image") is { } image && image["pullPolicy"].IsZero())
            image["pullPolicy"] = ImageName.DefaultPullPolicy(image.GetString("reference") ?? "");
    }

    public static void Check(ObjectValue volume, CheckContext context)
    {
        if (Sources(volume, context) == 0)
            context.Add(FieldError.Required(context.Here, "must specify a volume type"));
    }

    public static void CheckHostPath(ObjectValue source, CheckContext context)
    {
        if (source.GetString("path") is { } path && PathRules.StepsUp(path))
            context.Invalid("path", path, "must not contain '..'");
    }

    public static void CheckNfs(ObjectValue source, CheckContext context)
    {
        if (source.GetString("path") is { Length: > 0 } path && path[0] != '/')
            context.Invalid("path", path, "must be an absolute path");
    }

    public static void CheckMode(ObjectValue source, CheckContext context)
    {
        foreach (var name in new[] { "defaultMode", "mode" })
        {
            if (source[name]?.AsInt64() is { } mode and (< 0 or > 511))
                context.Invalid(name, mode, "must be a number between 0 and 0777 (octal), both inclusive");
        }
    }

    // Counts the sources and reports each after the first.
    private static int Sources(ObjectValue volume, CheckContext? context)
    {
        var count = 0;
        foreach (var (name, value) in volume)
        {
            if (name is "name" or "capacity" or "claimRef" or "nodeAffinity" || value is not ObjectValue)
                continue;
            if (++count > 1)
                context?.Add(FieldError.Forbidden(context.At(name), "may not specify more than 1 volume type"));
        }

        return count;
    }
}
