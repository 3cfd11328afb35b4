using System.Text;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Printing;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Registry;

/// <summary>One resource in one version, ready to be served: its facts, its schema, its cache and its strategy.</summary>
internal sealed class ServedResource
{
    private readonly string _folderPrefix;

    public ServedResource(ResourceInfo info, StructSchema schema, ResourceCache cache, ResourceStrategy strategy)
    {
        Info = info;
        Schema = schema;
        Cache = cache;
        Strategy = strategy;
        _folderPrefix = $"/registry/{cache.Folder}/";
        TypePrefix = Encoding.UTF8.GetBytes($"{{\"kind\":\"{info.Kind}\",\"apiVersion\":\"{info.GroupVersion}\",");
    }

    public ResourceInfo Info { get; }

    public StructSchema Schema { get; }

    public ResourceCache Cache { get; }

    public ResourceStrategy Strategy { get; }

    /// <summary>Changes between this version and the stored one, null when they are the same.</summary>
    public VersionConversion? Conversion { get; init; }

    /// <summary>How every stored object of the kind begins; items of a list are served without it, as upstream does.</summary>
    public byte[] TypePrefix { get; }

    /// <summary>Defined by a CustomResourceDefinition; it has no protobuf form.</summary>
    public bool IsCustom { get; init; }

    /// <summary>The openAPIV3Schema of the CustomResourceDefinition's version, which OpenAPI publishes; null for built-in kinds.</summary>
    public ObjectValue? DeclaredSchema { get; init; }

    /// <summary>The columns a CustomResourceDefinition declares, null for built-in kinds.</summary>
    public IReadOnlyList<TableColumn>? PrinterColumns { get; init; }

    public bool HasStatus => Info.HasSubresource("status");

    /// <summary>A cached object as a fresh tree in the served version.</summary>
    public ObjectValue Read(CachedObject item) => Conversion is { } conversion ? conversion.FromStorage(item.ToTree()) : item.ToTree();

    /// <summary>A cached object in the served version: itself, unless the version needs converting.</summary>
    public CachedObject Serve(CachedObject item) =>
        Conversion is null ? item : new CachedObject(item, ObjectDecoder.Normalize(Read(item), Schema).Object.ToUtf8());

    /// <summary>The store's key of an object.</summary>
    public string Key(string ns, string name) => Info.Namespaced ? $"{_folderPrefix}{ns}/{name}" : _folderPrefix + name;

    /// <summary>Why an object is not in the cache: there is none (404), or it is stored and can't be read (500).</summary>
    public ApiException Absent(string key, string name) => Cache.Unreadable.Error(key) ?? ApiErrors.NotFound(Info, name);

    /// <summary>The prefix of the keys of a namespace's objects, or of all.</summary>
    public string Prefix(string ns) => Info.Namespaced && ns.Length > 0 ? $"{_folderPrefix}{ns}/" : _folderPrefix;
}
