using System.Runtime.CompilerServices;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Structural;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.CustomResources;

/// <summary>
/// Custom resources whose versions differ in apiVersion alone (conversion strategy None). Reading applies the schema of today: objects
/// stored under an older one are pruned and defaulted on their way out.
/// </summary>
/// <param name="schema">The served version's schema.</param>
/// <param name="stored">The stored version's schema, which keeps every field.</param>
/// <param name="apiVersion">The served version.</param>
/// <param name="storedApiVersion">The stored version.</param>
internal sealed class CustomConversion(StructSchema schema, StructSchema stored, string apiVersion, string storedApiVersion) : VersionConversion
{
    // What each stored object is served as: itself, unless the schema or the version makes it differ.
    private readonly ConditionalWeakTable<CachedObject, CachedObject> _served = [];

    /// <inheritdoc/>
    public override StructSchema StorageSchema => stored;

    /// <inheritdoc/>
    public override ValueTask<ObjectValue> ToStorageAsync(ObjectValue served, CancellationToken cancellationToken)
    {
        var tree = ObjectDecoder.Normalize(served, schema).Object;
        tree["apiVersion"] = storedApiVersion;
        return ValueTask.FromResult(tree);
    }

    /// <inheritdoc/>
    public override ValueTask<ObjectValue> FromStorageAsync(ObjectValue stored, CancellationToken cancellationToken)
    {
        stored["apiVersion"] = apiVersion;
        return ValueTask.FromResult(stored);
    }

    /// <inheritdoc/>
    public override CachedObject Serve(CachedObject item) =>
        _served.TryGetValue(item, out var known) ? known : _served.GetValue(item, Make);

    private CachedObject Make(CachedObject item)
    {
        var tree = item.ToTree();
        tree["apiVersion"] = apiVersion;
        var json = ServedBytes(tree, schema, item.Revision);
        return json.AsSpan().SequenceEqual(item.Json) ? item : new CachedObject(item, json);
    }

    /// <summary>The bytes of a tree in its served version.</summary>
    public static byte[] ServedBytes(ObjectValue tree, StructSchema schema, long revision)
    {
        Defaulting.Apply(tree, schema.Custom!.Schema);
        var normal = ObjectDecoder.Normalize(tree, schema).Object;
        normal.GetObject("metadata")?.Remove("resourceVersion");
        return ResourceVersionSplice.Insert(normal.ToUtf8(), revision);
    }
}
