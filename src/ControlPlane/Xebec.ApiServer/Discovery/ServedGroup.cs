using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.Discovery;

/// <summary>One group and its versions; the first one is preferred.</summary>
internal sealed record ServedGroup(string Name, IReadOnlyList<ServedVersion> Versions)
{
    /// <summary>Every group served now, in the order that clients look names up in; the core group has an empty name.</summary>
    public static IReadOnlyList<ServedGroup> AllOf(ResourceCatalog catalog) =>
    [
        .. catalog.All.GroupBy(r => r.Info.GroupVersion.Group)
            .OrderByDescending(g => GroupPriorities.Of(g.Key)).ThenBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new ServedGroup(
                g.Key,
                [
                    .. g.GroupBy(r => r.Info.GroupVersion).OrderBy(v => v.Key.Version, VersionOrder.Instance)
                        .Select(v => new ServedVersion(v.Key, [.. v.OrderBy(r => r.Info.Plural, StringComparer.Ordinal)])),
                ])),
    ];
}
