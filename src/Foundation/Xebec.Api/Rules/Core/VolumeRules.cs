using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Volumes of a pod.</summary>
internal static class VolumeRules
{
    public static void Default(ObjectValue volume)
    {
        if (!HasSource(volume))
            volume["emptyDir"] = new ObjectValue();
        if (volume.GetObject("image") is { } image && image["pullPolicy"].IsZero())
            image["pullPolicy"] = ImageName.DefaultPullPolicy(image.GetString("reference") ?? "");
    }

    private static bool HasSource(ObjectValue volume)
    {
        foreach (var (name, value) in volume)
        {
            if (name != "name" && value is ObjectValue)
                return true;
        }

        return false;
    }
}
