using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Admission;

/// <summary>The class of a kind that is annotated to be the default.</summary>
internal sealed class DefaultClasses(AdmissionParts parts, string group, string plural, string[] annotations)
{
    private readonly DerivedFacts<ObjectValue> _metadata = new(item => item.ToTree().GetObject("metadata")!);

    /// <summary>Its name, null when there is none; of several the newest counts, then the first by name.</summary>
    public string? Find()
    {
        ObjectValue? newest = null;
        foreach (var item in parts.List(group, plural, ""))
        {
            var metadata = _metadata.Of(item);
            var isDefault = annotations.Any(a => metadata.GetObject("annotations")?.GetString(a) == "true");
            if (isDefault && (newest is null || string.CompareOrdinal(Created(metadata), Created(newest)) > 0))
                newest = metadata;
        }

        return newest?.GetString("name");
    }

    private static string Created(ObjectValue metadata) => metadata.GetString("creationTimestamp") ?? "";
}
