using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Warnings;

/// <summary>The volumes of a pod: plugins that are gone, and files that hide a token.</summary>
internal static class PodVolumeWarnings
{
    // The names of the sources as upstream's paths have them.
    private static readonly (string Field, string Shown)[] Sources = [("configMap", "configMap"), ("secret", "secrets"), ("downwardAPI", "downwardAPI")];

    public static void Report(ObjectValue spec, FieldPath specPath, Action<string> warn)
    {
        var (volumes, path) = (spec.GetList("volumes") ?? [], specPath.Child("volumes"));
        for (var i = 0; i < volumes.Count; i++)
        {
            var volume = volumes[i].AsObject() ?? [];
            VolumeWarnings.ReportPlugin(volume, path.Index(i), warn);
            var claim = volume.GetObject("ephemeral")?.GetObject("volumeClaimTemplate")?.GetObject("spec");
            VolumeWarnings.ReportClaimSpec(claim, path.Index(i).Child("ephemeral", "volumeClaimTemplate", "spec"), warn);
        }

        var tokens = Projections(volumes).Select(s => s.GetObject("serviceAccountToken")?.GetString("path")).OfType<string>().ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < volumes.Count && tokens.Count > 0; i++)
        {
            foreach (var source in Projections([volumes[i]]))
                ReportHidden(source, tokens, path.Index(i).Child("projected", "sources"), warn);
        }
    }

    private static void ReportHidden(ObjectValue source, HashSet<string> tokens, FieldPath path, Action<string> warn)
    {
        foreach (var (field, shown) in Sources)
        {
            var items = source.GetObject(field)?.GetList("items") ?? [];
            for (var i = 0; i < items.Count; i++)
            {
                if (items[i].AsObject()?.GetString("path") is { } file && tokens.Contains(file))
                    warn($"{path.Child(shown).Index(i)}: has duplicated path with ServiceAccountToken {GoText.Quote(file)}");
            }
        }

        if (source.GetObject("clusterTrustBundle")?.GetString("path") is { } bundle && tokens.Contains(bundle))
            warn($"{path.Child("ClusterTrustBundle")}: has duplicated path with ServiceAccountToken {GoText.Quote(bundle)}");
    }

    private static IEnumerable<ObjectValue> Projections(ListValue volumes) =>
        volumes.SelectMany(v => v.AsObject()?.GetObject("projected")?.GetList("sources")?.OfType<ObjectValue>() ?? []);
}
