using Xebec.Api;
using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Discovery;
using Xebec.ApiServer.Registry;

namespace Xebec.ApiServer.OpenApi;

/// <summary>The paths of a resource and their operations.</summary>
internal sealed class PathBuilder(OpenApiVersion version)
{
    private readonly OperationBuilder _operations = new(version);

    /// <summary>Every path of a resource.</summary>
    public IEnumerable<KeyValuePair<string, ObjectValue>> Paths(ServedResource resource)
    {
        var info = resource.Info;
        var root = DiscoveryEndpoints.PathOf(info.GroupVersion);
        var collection = info.Namespaced ? $"{root}/namespaces/{{namespace}}/{info.Plural}" : $"{root}/{info.Plural}";
        if (info.Namespaced && info.Verbs.Contains("list"))
            yield return Path($"{root}/{info.Plural}", resource, "", "list");
        if (Actions(info.Verbs, ("list", "list"), ("create", "post"), ("deletecollection", "deletecollection")) is { Length: > 0 } many)
            yield return Path(collection, resource, "", many);
        if (Actions(info.Verbs, ("get", "get"), ("update", "put"), ("patch", "patch"), ("delete", "delete")) is { Length: > 0 } one)
            yield return Path($"{collection}/{{name}}", resource, "", one);
        foreach (var subresource in info.Subresources)
        {
            yield return Path($"{collection}/{{name}}/{subresource.Name}", resource, subresource.Name, ActionsOf(subresource));
            if (subresource.Name == "proxy")
                yield return Path($"{collection}/{{name}}/proxy/{{path}}", resource, subresource.Name, ActionsOf(subresource));
        }
    }

    /// <summary>The name of the definition of a resource's kind.</summary>
    public static string NameOf(ServedResource resource) =>
        resource.IsCustom ? DefinitionNames.OfCustom(resource.Info.GroupVersion, resource.Info.Kind) : DefinitionNames.Of(resource.Schema);

    private static string[] Actions(IReadOnlyList<string> verbs, params ReadOnlySpan<(string Verb, string Action)> known)
    {
        var actions = new List<string>();
        foreach (var (verb, action) in known)
        {
            if (verbs.Contains(verb))
                actions.Add(action);
        }

        return [.. actions];
    }

    private static string[] ActionsOf(SubresourceInfo subresource) => IsConnection(subresource)
        ? ["connect"]
        : Actions(SubresourceVerbs.Of(subresource.Name), ("get", "get"), ("create", "post"), ("update", "put"), ("patch", "patch"));

    private static bool IsConnection(SubresourceInfo subresource) => subresource.Name is "exec" or "attach" or "portforward" or "proxy";

    private KeyValuePair<string, ObjectValue> Path(string path, ServedResource resource, string subresource, params string[] actions)
    {
        var item = new ObjectValue();
        foreach (var action in actions)
            item[Method(action)] = Operation(action, path, resource, subresource);
        item["parameters"] = _operations.Parameters.OfPath(path, resource.Info.Kind);
        return new(path, item);
    }

    private ObjectValue Operation(string action, string path, ServedResource resource, string subresource)
    {
        var target = resource.Info.Subresources.FirstOrDefault(s => s.Name == subresource);
        var (groupVersion, kind) = target is null ? (resource.Info.GroupVersion, resource.Info.Kind) : (target.GroupVersion, target.Kind);
        var name = kind == resource.Info.Kind || target is null ? NameOf(resource) : KindName(groupVersion, kind);
        var body = action switch
        {
            "post" or "put" => name,
            "patch" => DefinitionNames.Patch,
            "delete" or "deletecollection" => DefinitionNames.DeleteOptions,
            _ => null,
        };
        var result = action switch
        {
            "list" => NameOf(resource) + "List",
            "delete" or "deletecollection" => DefinitionNames.Status,
            "connect" => null,
            _ => subresource == "log" ? null : name,
        };
        var id = OperationNames.Id(action, resource.Info, subresource, path);
        return _operations.Build(action, id, resource, KindNames.Kind(groupVersion, kind), body, result);
    }

    private static string KindName(GroupVersion groupVersion, string kind) => DefinitionNames.Of(BuiltIn.KindSchema(groupVersion, kind));

    private static string Method(string action) => action switch
    {
        "get" or "list" or "connect" => "get",
        "post" => "post",
        "put" => "put",
        "patch" => "patch",
        _ => "delete",
    };
}
