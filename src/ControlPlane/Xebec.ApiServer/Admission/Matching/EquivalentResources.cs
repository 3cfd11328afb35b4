using System.Collections.Immutable;
using Xebec.ApiMachinery.Resources;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Admission.Matching;

/// <summary>The resources that show the same objects in other groups or versions: they share a place in the store.</summary>
internal sealed class EquivalentResources(ResourceCatalog catalog)
{
    private volatile Known _known = new(-1, []);

    /// <summary>The resource itself and its equivalents; only the resource when there are none.</summary>
    public ImmutableArray<ServedResource> Of(ResourceInfo resource)
    {
        var known = _known;
        if (known.Generation != catalog.Generation)
            _known = known = Read();
        var served = catalog.Find(resource.GroupVersion.Group, resource.GroupVersion.Version, resource.Plural);
        return served is null ? [] : known.ByCache.TryGetValue(served.Cache, out var all) ? all : [served];
    }

    private Known Read()
    {
        var generation = catalog.Generation;
        var several = catalog.All.GroupBy(r => r.Cache).Where(g => g.Count() > 1);
        return new Known(generation, several.ToDictionary(g => g.Key, g => g.ToImmutableArray()));
    }

    private sealed record Known(long Generation, Dictionary<ResourceCache, ImmutableArray<ServedResource>> ByCache);
}
