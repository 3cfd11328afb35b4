using Xebec.ApiMachinery.Apply;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry;

/// <summary>All versions of one resource, those that are not served included: an object of any of them becomes one of any other.</summary>
internal sealed class RelatedVersions
{
    private readonly Dictionary<string, ServedResource> _versions;

    private RelatedVersions(IEnumerable<ServedResource> versions) =>
        _versions = versions.ToDictionary(v => v.Info.GroupVersion.ToString(), StringComparer.Ordinal);

    /// <summary>Makes the versions of a resource known to each other.</summary>
    public static void Relate(IEnumerable<ServedResource> versions)
    {
        var related = new RelatedVersions(versions);
        foreach (var version in related._versions.Values)
            version.OwnedVersions = new KindVersions(related.Of(version), related.Find);
    }

    private KindVersion? Find(string apiVersion) => _versions.TryGetValue(apiVersion, out var version) ? Of(version) : null;

    private KindVersion Of(ServedResource version) => new(version.Info.GroupVersion.ToString(), version.Schema, tree => ConvertAsync(tree, version));

    private async ValueTask<ObjectValue> ConvertAsync(ObjectValue tree, ServedResource to)
    {
        var from = _versions[tree.GetString("apiVersion")!];
        if (from.Conversion is { } source)
            tree = await source.ToStorageAsync(tree, CancellationToken.None);
        if (to.Conversion is { } target)
            tree = await target.FromStorageAsync(tree, CancellationToken.None);
        return ObjectDecoder.Normalize(tree, to.Schema).Object;
    }
}
