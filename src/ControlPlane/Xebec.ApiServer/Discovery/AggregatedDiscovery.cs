using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Discovery;

/// <summary>Aggregated discovery (apidiscovery.k8s.io, KEP-3352): every group, version and resource in one document.</summary>
internal static class AggregatedDiscovery
{
    /// <summary>The document of some groups.</summary>
    /// <param name="groups">Which ones.</param>
    /// <param name="version">v2 or v2beta1; the content is the same.</param>
    public static ObjectValue Document(IEnumerable<ServedGroup> groups, string version) => new()
    {
        ["kind"] = "APIGroupDiscoveryList",
        ["apiVersion"] = "apidiscovery.k8s.io/" + version,
        ["metadata"] = new ObjectValue(),
        ["items"] = new ListValue(groups.Select(Group)),
    };

    private static ObjectValue Group(ServedGroup group)
    {
        var metadata = new ObjectValue();
        if (group.Name.Length > 0)
            metadata["name"] = group.Name;
        metadata["creationTimestamp"] = Value.Null;
        return new() { ["metadata"] = metadata, ["versions"] = new ListValue(group.Versions.Select(Version)) };
    }

    private static ObjectValue Version(ServedVersion version) => version.Remote is { } remote ? (ObjectValue)remote.DeepClone() : new()
    {
        ["version"] = version.GroupVersion.Version,
        ["resources"] = new ListValue(version.Resources.Select(r => Resource(r.Info))),
        ["freshness"] = "Current",
    };

    private static ObjectValue Resource(ResourceInfo info)
    {
        var document = new ObjectValue
        {
            ["resource"] = info.Plural,
            ["responseKind"] = Kind(info.GroupVersion, info.Kind),
            ["scope"] = info.Namespaced ? "Namespaced" : "Cluster",
            ["singularResource"] = info.Singular,
            ["verbs"] = DiscoveryDocuments.Texts(info.Verbs),
        };
        if (info.ShortNames.Count > 0)
            document["shortNames"] = DiscoveryDocuments.Texts(info.ShortNames);
        if (info.Categories.Count > 0)
            document["categories"] = DiscoveryDocuments.Texts(info.Categories);
        if (info.Subresources.Count > 0)
            document["subresources"] = new ListValue(info.Subresources.OrderBy(s => s.Name, StringComparer.Ordinal).Select(Subresource));
        return document;
    }

    private static ObjectValue Subresource(SubresourceInfo info) => new()
    {
        ["subresource"] = info.Name,
        ["responseKind"] = Kind(info.GroupVersion, info.Kind),
        ["verbs"] = DiscoveryDocuments.Texts(SubresourceVerbs.Of(info.Name)),
    };

    private static ObjectValue Kind(GroupVersion groupVersion, string kind) =>
        new() { ["group"] = groupVersion.Group, ["version"] = groupVersion.Version, ["kind"] = kind };
}
