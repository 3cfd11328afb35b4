using Xebec.Api;
using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Registry;

namespace Xebec.ApiServer.OpenApi;

/// <summary>A document in parts that are made one at a time while it is written: whole, it would be tens of megabytes of tree.</summary>
internal sealed class OpenApiDocument(OpenApiVersion version, IReadOnlyList<ServedResource> resources, IReadOnlyList<ObjectValue> elsewhere)
{
    private readonly DefinitionBuilder _definitions = new(version, Descriptions.Read());
    private readonly PathBuilder _paths = new(version);

    /// <summary>2.0 or 3.0.</summary>
    public OpenApiVersion Version => version;

    /// <summary>What the document is about.</summary>
    public static ObjectValue Info => new() { ["title"] = "Kubernetes", ["version"] = Discovery.VersionInfo.GitVersion };

    /// <summary>How clients prove who they are.</summary>
    public static ObjectValue SecuritySchemes => new()
    {
        ["BearerToken"] = new ObjectValue
        {
            ["description"] = "Bearer Token authentication",
            ["type"] = "apiKey",
            ["name"] = "authorization",
            ["in"] = "header",
        },
    };

    /// <summary>The paths in order.</summary>
    public IEnumerable<KeyValuePair<string, ObjectValue>> Paths() =>
        resources.SelectMany(_paths.Paths).Concat(elsewhere.SelectMany(document => Members(document, "paths")));

    /// <summary>The definitions in order.</summary>
    public IEnumerable<KeyValuePair<string, ObjectValue>> Definitions() => elsewhere.Count == 0
        ? OwnDefinitions()
        : OwnDefinitions().Concat(elsewhere.SelectMany(document => Members(document, "definitions"))).DistinctBy(d => d.Key);

    private static IEnumerable<KeyValuePair<string, ObjectValue>> Members(ObjectValue document, string name) =>
        (document.GetObject(name) ?? []).Where(m => m.Value is ObjectValue).Select(m => KeyValuePair.Create(m.Key, (ObjectValue)m.Value));

    private IEnumerable<KeyValuePair<string, ObjectValue>> OwnDefinitions()
    {
        var kinds = new KindNames();
        foreach (var (name, type) in Closure(kinds).Types)
            yield return new(name, kinds.Mark(name, Definition(type)));
        yield return new(DefinitionNames.Patch, PatchBody);
        foreach (var resource in resources.Where(r => r.IsCustom))
        {
            yield return new(PathBuilder.NameOf(resource), Custom(resource));
            yield return new(PathBuilder.NameOf(resource) + "List", CustomDefinition.List(resource, version));
        }
    }

    private static ObjectValue PatchBody => new()
    {
        ["description"] = "Patch is provided to give a concrete name and type to the Kubernetes PATCH request body.",
        ["type"] = "object",
    };

    private ObjectValue Definition(TypeSchema type) =>
        type is StructSchema named ? _definitions.Struct(named) : _definitions.Scalar(((ScalarSchema)type).Kind);

    private ObjectValue Custom(ServedResource resource) =>
        CustomDefinition.Kind(resource.Info.GroupVersion, resource.Info.Kind, resource.Declared?.ReadOpenApiSchema(), version);

    private DefinitionClosure Closure(KindNames kinds)
    {
        var closure = new DefinitionClosure();
        foreach (var meta in (ReadOnlySpan<string>)["Status", "DeleteOptions", "ObjectMeta", "ListMeta"])
            closure.Add(BuiltIn.Schema["meta/v1." + meta]);
        foreach (var info in resources.Where(r => !r.IsCustom).Select(r => r.Info))
        {
            Add(closure, kinds.Add(info.GroupVersion, info.Kind));
            Add(closure, kinds.Add(info.GroupVersion, info.Kind + "List"));
            foreach (var subresource in info.Subresources)
                Add(closure, kinds.Add(subresource.GroupVersion, subresource.Kind));
        }

        return closure;
    }

    private static void Add(DefinitionClosure closure, StructSchema? type)
    {
        if (type is not null)
            closure.Add(type);
    }
}
