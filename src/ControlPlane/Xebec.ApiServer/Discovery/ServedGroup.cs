using Xebec.ApiMachinery.Resources;
using Xebec.ApiServer.Aggregation;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.Discovery;

/// <summary>One group and its versions; the first one is preferred.</summary>
internal sealed record ServedGroup(string Name, IReadOnlyList<ServedVersion> Versions)
{
    /// <summary>Every group served now, here or by other servers, in the order that clients look names up in; the core group has an empty name.</summary>
    public static IReadOnlyList<ServedGroup> AllOf(ResourceCatalog catalog, IReadOnlyCollection<RemoteApi> remotes, RemoteDocuments documents)
    {
        var elsewhere = remotes.ToDictionary(r => r.GroupVersion);
        var versions = catalog.All.GroupBy(r => r.Info.GroupVersion).Where(v => !elsewhere.ContainsKey(v.Key))
            .Select(v => new ServedVersion(v.Key, [.. v.OrderBy(r => r.Info.Plural, StringComparer.Ordinal)]))
            .Concat(remotes.Select(r => Remote(r.GroupVersion, documents)));
        return
        [
            .. versions.GroupBy(v => v.GroupVersion.Group)
                .OrderByDescending(g => GroupPriority(g.Key, remotes)).ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new ServedGroup(
                    g.Key,
                    [
                        .. g.OrderByDescending(v => elsewhere.GetValueOrDefault(v.GroupVersion)?.VersionPriority ?? 0)
                            .ThenBy(v => v.GroupVersion.Version, VersionOrder.Instance),
                    ])),
        ];
    }

    private static ServedVersion Remote(GroupVersion version, RemoteDocuments documents) =>
        new(version, []) { Remote = documents.Find(version)?.Discovery ?? RemoteDiscovery.Unknown(version) };

    private static long GroupPriority(string group, IReadOnlyCollection<RemoteApi> remotes) =>
        remotes.Where(r => r.GroupVersion.Group == group).Select(r => r.GroupPriority).DefaultIfEmpty(GroupPriorities.Of(group)).Max();
}
