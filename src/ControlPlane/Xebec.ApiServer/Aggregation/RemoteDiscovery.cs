using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Aggregation;

/// <summary>Makes an entry of aggregated discovery from a classic APIResourceList, for servers that have no other. Pure.</summary>
internal static class RemoteDiscovery
{
    /// <summary>A version of which nothing is known.</summary>
    public static ObjectValue Unknown(GroupVersion version) =>
        new() { ["version"] = version.Version, ["resources"] = new ListValue(), ["freshness"] = "Stale" };

    /// <summary>The entry of a group and version.</summary>
    public static ObjectValue FromResourceList(ObjectValue list, GroupVersion version)
    {
        var resources = (list.GetList("resources") ?? []).OfType<ObjectValue>().ToArray();
        return new ObjectValue
        {
            ["version"] = version.Version,
            ["resources"] = new ListValue(resources.Where(r => !NameOf(r).Contains('/')).Select(r => Resource(r, resources, version))),
            ["freshness"] = "Current",
        };
    }

    private static ObjectValue Resource(ObjectValue resource, ObjectValue[] all, GroupVersion version)
    {
        var name = NameOf(resource);
        var entry = new ObjectValue
        {
            ["resource"] = name,
            ["responseKind"] = Kind(resource, version),
            ["scope"] = resource["namespaced"]?.AsBool() == true ? "Namespaced" : "Cluster",
            ["singularResource"] = resource.GetString("singularName") ?? "",
            ["verbs"] = Copy(resource, "verbs"),
        };
        foreach (var optional in (ReadOnlySpan<string>)["shortNames", "categories"])
        {
            if (resource.ContainsKey(optional))
                entry[optional] = Copy(resource, optional);
        }

        var subresources = all.Where(r => NameOf(r).StartsWith(name + "/", StringComparison.Ordinal)).ToArray();
        if (subresources.Length > 0)
        {
            entry["subresources"] = new ListValue(subresources.Select(s => new ObjectValue
            {
                ["subresource"] = NameOf(s)[(name.Length + 1)..], ["responseKind"] = Kind(s, version), ["verbs"] = Copy(s, "verbs"),
            }));
        }

        return entry;
    }

    private static string NameOf(ObjectValue resource) => resource.GetString("name") ?? "";

    private static Value Copy(ObjectValue resource, string field) => resource[field]?.DeepClone() ?? new ListValue();

    private static ObjectValue Kind(ObjectValue resource, GroupVersion version) => new()
    {
        ["group"] = resource.GetString("group") is { Length: > 0 } group ? group : version.Group,
        ["version"] = resource.GetString("version") is { Length: > 0 } own ? own : version.Version,
        ["kind"] = resource.GetString("kind") ?? "",
    };
}
