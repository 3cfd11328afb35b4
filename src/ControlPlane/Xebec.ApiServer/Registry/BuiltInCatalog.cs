using Xebec.Api;
using Xebec.ApiMachinery.Resources;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Registry;

/// <summary>Serves the built-in kinds: the table of their strategies and version conversions.</summary>
internal static class BuiltInCatalog
{
    /// <summary>A catalog of every built-in kind.</summary>
    public static ResourceCatalog Create(CacheSet caches, KubeApiServerOptions options, TimeProvider time)
    {
        var catalog = new ResourceCatalog();
        var strategies = StrategyTable.Create(options, time);
        foreach (var info in BuiltIn.Resources)
        {
            var strategy = strategies.GetValueOrDefault(info.QualifiedPlural) ?? new ResourceStrategy();
            catalog.Add(new ServedResource(info, BuiltIn.KindSchema(info.GroupVersion, info.Kind), caches.Get(info.StorageFolder), strategy)
            {
                Conversion = ConversionTable.For(info.GroupVersion, info.Kind),
            });
        }

        foreach (var versions in catalog.All.GroupBy(r => r.Cache))
            RelatedVersions.Relate(versions);
        return catalog;
    }
}
