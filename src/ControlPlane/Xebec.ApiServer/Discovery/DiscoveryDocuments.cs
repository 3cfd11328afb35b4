using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Registry;

namespace Xebec.ApiServer.Discovery;

/// <summary>The documents of classic discovery (meta/v1): APIVersions, APIGroupList, APIGroup and APIResourceList.</summary>
internal static class DiscoveryDocuments
{
    /// <summary>/api; the address is the one the client used.</summary>
    public static ObjectValue CoreVersions(IReadOnlyList<ServedGroup> groups, string address) => new()
    {
        ["kind"] = "APIVersions",
        ["versions"] = Texts(groups.Where(g => g.Name.Length == 0).SelectMany(g => g.Versions).Select(v => v.GroupVersion.Version)),
        ["serverAddressByClientCIDRs"] = new ListValue([new ObjectValue { ["clientCIDR"] = "0.0.0.0/0", ["serverAddress"] = address }]),
    };

    /// <summary>/apis.</summary>
    public static ObjectValue GroupList(IReadOnlyList<ServedGroup> groups) => new()
    {
        ["kind"] = "APIGroupList",
        ["apiVersion"] = "v1",
        ["groups"] = new ListValue(groups.Where(g => g.Name.Length > 0).Select(g => AddGroup([], g))),
    };

    /// <summary>/apis/GROUP.</summary>
    public static ObjectValue Group(ServedGroup group) => AddGroup(new ObjectValue { ["kind"] = "APIGroup", ["apiVersion"] = "v1" }, group);

    /// <summary>/api/VERSION and /apis/GROUP/VERSION.</summary>
    public static ObjectValue ResourceList(ServedVersion version, IReadOnlyList<ServedGroup> groups) => new()
    {
        ["kind"] = "APIResourceList",
        ["apiVersion"] = "v1",
        ["groupVersion"] = version.GroupVersion.ToString(),
        ["resources"] = new ListValue(version.Resources.SelectMany(r => WithSubresources(r, groups))),
    };

    /// <summary>A list of texts.</summary>
    public static ListValue Texts(IEnumerable<string> texts) => new(texts.Select(t => (Value)t));

    private static ObjectValue AddGroup(ObjectValue document, ServedGroup group)
    {
        document["name"] = group.Name;
        document["versions"] = new ListValue(group.Versions.Select(v => Version(v.GroupVersion)));
        document["preferredVersion"] = Version(group.Versions[0].GroupVersion);
        return document;
    }

    private static ObjectValue Version(GroupVersion version) =>
        new() { ["groupVersion"] = version.ToString(), ["version"] = version.Version };

    private static IEnumerable<ObjectValue> WithSubresources(ServedResource resource, IReadOnlyList<ServedGroup> groups) =>
        resource.Info.Subresources.OrderBy(s => s.Name, StringComparer.Ordinal).Select(s => Subresource(resource.Info, s))
            .Prepend(Resource(resource, groups));

    private static ObjectValue Resource(ServedResource resource, IReadOnlyList<ServedGroup> groups)
    {
        var info = resource.Info;
        var document = new ObjectValue
        {
            ["name"] = info.Plural,
            ["singularName"] = info.Singular,
            ["namespaced"] = info.Namespaced,
            ["kind"] = info.Kind,
            ["verbs"] = Texts(info.Verbs),
        };
        if (info.ShortNames.Count > 0)
            document["shortNames"] = Texts(info.ShortNames);
        if (info.Categories.Count > 0)
            document["categories"] = Texts(info.Categories);
        if (info.Verbs.Contains("watch"))
            document["storageVersionHash"] = StorageVersionHash.Of(StoredVersion(resource, groups), info.Kind);
        return document;
    }

    private static GroupVersion StoredVersion(ServedResource resource, IReadOnlyList<ServedGroup> groups)
    {
        var served = resource.Info.GroupVersion;
        if (resource.Declared is { } declared)
            return served with { Version = declared.StorageVersion };
        return resource.Conversion is null
            ? served
            : groups.SelectMany(g => g.Versions).SelectMany(v => v.Resources)
                .First(r => r.Conversion is null && r.Info.StorageFolder == resource.Info.StorageFolder && r.Info.Kind == resource.Info.Kind)
                .Info.GroupVersion;
    }

    private static ObjectValue Subresource(ResourceInfo resource, SubresourceInfo subresource)
    {
        var document = new ObjectValue
        {
            ["name"] = $"{resource.Plural}/{subresource.Name}",
            ["singularName"] = "",
            ["namespaced"] = resource.Namespaced,
        };
        if (subresource.GroupVersion != resource.GroupVersion)
        {
            document["group"] = subresource.GroupVersion.Group;
            document["version"] = subresource.GroupVersion.Version;
        }

        document["kind"] = subresource.Kind;
        document["verbs"] = Texts(SubresourceVerbs.Of(subresource.Name));
        return document;
    }
}
