using System.Text;
using Xebec.ApiMachinery.Apply;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.CustomResources;
using Xebec.ApiServer.Printing;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Registry;

/// <summary>One resource in one version, ready to be served: its facts, its schema, its cache and its strategy.</summary>
internal sealed class ServedResource
{
    private readonly string _folderPrefix;
    private readonly string? _deprecation;

    public ServedResource(ResourceInfo info, StructSchema schema, ResourceCache cache, ResourceStrategy strategy)
    {
        Info = info;
        Schema = schema;
        Cache = cache;
        Strategy = strategy;
        OwnedVersions = new KindVersions(schema, info.GroupVersion.ToString());
        _folderPrefix = $"/registry/{cache.Folder}/";
        _deprecation = DeprecatedKinds.WarningOf(info);
        TypePrefix = Encoding.UTF8.GetBytes($"{{\"kind\":\"{info.Kind}\",\"apiVersion\":\"{info.GroupVersion}\",");
    }

    public ResourceInfo Info { get; }

    public StructSchema Schema { get; }

    public ResourceCache Cache { get; }

    public ResourceStrategy Strategy { get; }

    /// <summary>Changes between what is served and what is stored, null when they are the same.</summary>
    public VersionConversion? Conversion { get; init; }

    /// <summary>How every stored object of the kind begins; items of a list are served without it, as upstream does.</summary>
    public byte[] TypePrefix { get; }

    /// <summary>Defined by a CustomResourceDefinition; it has no protobuf form.</summary>
    public bool IsCustom => Declared is not null;

    /// <summary>What the CustomResourceDefinition declares of this version; null for built-in kinds.</summary>
    public CustomVersion? Declared { get; init; }

    /// <summary>What every request to the resource is warned of; null for nothing.</summary>
    public string? DeprecationWarning => IsCustom ? Declared!.DeprecationWarning : _deprecation;

    /// <summary>The columns a CustomResourceDefinition declares, null for built-in kinds.</summary>
    public IReadOnlyList<TableColumn>? PrinterColumns { get; init; }

    /// <summary>The versions that owners of fields may have written at.</summary>
    public KindVersions OwnedVersions { get; set; }

    /// <summary>Cancelled when the resource is no longer served in this form: watches end, and clients begin again.</summary>
    public CancellationToken Retired { get; init; }

    public bool HasStatus => Info.HasSubresource("status");

    /// <summary>Makes stored objects ready for <see cref="Serve"/> and <see cref="Read"/>; nothing to wait for unless a webhook converts.</summary>
    public ValueTask PrepareAsync(ReadOnlyMemory<CachedObject> items, CancellationToken cancellationToken) =>
        Conversion is null || items.Length == 0 ? ValueTask.CompletedTask : Conversion.PrepareAsync(items, cancellationToken);

    /// <summary>The same for one object.</summary>
    public ValueTask PrepareAsync(CachedObject item, CancellationToken cancellationToken) =>
        Conversion is null ? ValueTask.CompletedTask : Conversion.PrepareAsync(new[] { item }, cancellationToken);

    /// <summary>A stored object as a fresh tree in the served version.</summary>
    public ObjectValue Read(CachedObject item) => Serve(item).ToTree();

    /// <summary>A stored object in the served version: itself, unless the version needs converting.</summary>
    public CachedObject Serve(CachedObject item) => Conversion is null ? item : Conversion.Serve(item);

    /// <summary>The objects of a page in the served version.</summary>
    public async ValueTask<ReadOnlyMemory<CachedObject>> ServeAsync(ReadOnlyMemory<CachedObject> items, CancellationToken cancellationToken)
    {
        if (Conversion is null)
            return items;
        await Conversion.PrepareAsync(items, cancellationToken);
        var served = new CachedObject[items.Length];
        for (var i = 0; i < served.Length; i++)
            served[i] = Conversion.Serve(items.Span[i]);
        return served;
    }

    /// <summary>The bytes to store of a tree in the served version.</summary>
    public ValueTask<byte[]> EncodeAsync(ObjectValue item, CancellationToken cancellationToken)
    {
        item.GetObject("metadata")!.Remove("resourceVersion");
        return Conversion is { } conversion
            ? conversion.EncodeAsync(item, cancellationToken)
            : ValueTask.FromResult(ObjectDecoder.Normalize(item, Schema).Object.ToUtf8());
    }

    /// <summary>The store's key of an object.</summary>
    public string Key(string ns, string name) => Info.Namespaced ? $"{_folderPrefix}{ns}/{name}" : _folderPrefix + name;

    /// <summary>Why an object is not in the cache: there is none (404), or it is stored and can't be read (500).</summary>
    public ApiException Absent(string key, string name) => Cache.Unreadable.Error(key) ?? ApiErrors.NotFound(Info, name);

    /// <summary>The prefix of the keys of a namespace's objects, or of all.</summary>
    public string Prefix(string ns) => Info.Namespaced && ns.Length > 0 ? $"{_folderPrefix}{ns}/" : _folderPrefix;
}
