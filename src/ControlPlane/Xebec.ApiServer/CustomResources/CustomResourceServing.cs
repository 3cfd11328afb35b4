using Xebec.Api;
using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Structural;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Printing;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.CustomResources;

/// <summary>Keeps the catalog equal to the definitions: which versions are served, and in what form.</summary>
internal sealed class CustomResourceServing(ResourceCatalog catalog, CacheSet caches, ConversionWebhooks conversions) : IDisposable
{
    // In upstream's order.
    private static readonly string[] Verbs = ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"];

    private readonly Dictionary<string, Served> _served = new(StringComparer.Ordinal);

    private sealed record Served(Definition Definition, IReadOnlyList<ServedResource> Resources, CancellationTokenSource Retired);

    /// <summary>Serves a definition as it is now; an older form of it is retired.</summary>
    public void Serve(Definition definition, ObjectValue tree)
    {
        var before = _served.GetValueOrDefault(definition.Name);
        if (before is not null && before.Definition.IsServedLike(definition))
        {
            Mark(before.Resources, definition);
            return;
        }

        var retired = new CancellationTokenSource();
        var versions = Definition.VersionsOf(tree).Select(v => (IsServed: v.Flag("served"), Resource: Make(definition, v, retired.Token))).ToArray();
        RelatedVersions.Relate(versions.Select(v => v.Resource));
        var resources = versions.Where(v => v.IsServed).Select(v => v.Resource).ToArray();
        Mark(resources, definition);
        _served[definition.Name] = new Served(definition, resources, retired);
        catalog.Replace(before?.Resources ?? [], resources);
        Retire(before);
    }

    private static void Mark(IReadOnlyList<ServedResource> resources, Definition definition)
    {
        foreach (var resource in resources)
            resource.Declared!.IsTerminating = definition.IsTerminating;
    }

    /// <summary>Serves a definition no longer.</summary>
    public void Remove(string name)
    {
        if (!_served.Remove(name, out var before))
            return;
        catalog.Replace(before.Resources, []);
        Retire(before);
        caches.Drop(before.Definition.Folder);
    }

    /// <summary>A served version of a definition, null when none is served.</summary>
    public ServedResource? Find(string name) =>
        _served.TryGetValue(name, out var served) && served.Resources.Count > 0 ? served.Resources[0] : null;

    private static void Retire(Served? before)
    {
        before?.Retired.Cancel();
        before?.Retired.Dispose();
    }

    private ServedResource Make(Definition definition, ObjectValue version, CancellationToken retired)
    {
        var groupVersion = new GroupVersion(definition.Group, version.GetString("name")!);
        var definitions = catalog.Find("apiextensions.k8s.io", "v1", "customresourcedefinitions")!;
        var declared = new CustomVersion(version, definition, definitions.Cache, definitions.Key("", definition.Name));
        var metadata = BuiltIn.Schema["meta/v1.ObjectMeta"];
        var storedApiVersion = $"{definition.Group}/{definition.StorageVersion}";
        var schema = StructuralTypes.Kind(groupVersion.ToString(), definition.Names.Kind, metadata, declared.ReadSchema);
        var stored = StructuralTypes.Kind(
            storedApiVersion, definition.Names.Kind, metadata, static () => new StructuralSchema { PreservesUnknownFields = true });
        var info = InfoOf(definition, version, groupVersion);
        return new ServedResource(info, schema, caches.Get(definition.Folder), new CustomResourceStrategy(schema.Custom!, declared.Scale))
        {
            Declared = declared,
            PrinterColumns = CustomColumns.Read(version),
            Conversion = ConversionOf(definition, schema, stored, groupVersion.ToString(), storedApiVersion),
            Retired = retired,
        };
    }

    // The stored version needs no webhook as long as no other was ever stored, whoever converts the others.
    private VersionConversion ConversionOf(
        Definition definition, StructSchema schema, StructSchema stored, string apiVersion, string storedApiVersion)
    {
        var webhook = apiVersion == storedApiVersion && !definition.IsStoredInOthers ? null : conversions.Find(definition);
        return webhook is null
            ? new CustomConversion(schema, stored, apiVersion, storedApiVersion)
            : new WebhookConversion(webhook, schema, stored, apiVersion, storedApiVersion);
    }

    private static ResourceInfo InfoOf(Definition definition, ObjectValue version, GroupVersion groupVersion)
    {
        var names = definition.AcceptedNames;
        var subresources = new List<SubresourceInfo>();
        if (version.At("subresources", "status") is not null)
            subresources.Add(new SubresourceInfo("status", groupVersion, definition.Names.Kind));
        if (version.At("subresources", "scale") is not null)
            subresources.Add(new SubresourceInfo("scale", new GroupVersion("autoscaling", "v1"), "Scale"));
        return new ResourceInfo
        {
            GroupVersion = groupVersion,
            Kind = definition.Names.Kind,
            Plural = definition.Names.Plural,
            Singular = definition.Names.Singular,
            Namespaced = definition.Namespaced,
            ShortNames = names.ShortNames,
            Categories = names.Categories,
            Subresources = subresources,
            Verbs = Verbs,
            SelectableFields = [.. version.Items("selectableFields").Select(f => f.Text("jsonPath").TrimStart('.'))],
            StorageFolder = definition.Folder,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var served in _served.Values)
            Retire(served);
    }
}
