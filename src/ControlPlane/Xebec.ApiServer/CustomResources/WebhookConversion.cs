using System.Runtime.CompilerServices;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.CustomResources;

/// <summary>Custom resources in a version that a webhook converts to and from the stored one; each stored object is converted once.</summary>
/// <param name="webhook">Who converts.</param>
/// <param name="schema">The served version's schema.</param>
/// <param name="stored">The stored version's schema, which keeps every field.</param>
/// <param name="apiVersion">The served version.</param>
/// <param name="storedApiVersion">The stored version.</param>
internal sealed class WebhookConversion(
    ConversionWebhook webhook, StructSchema schema, StructSchema stored, string apiVersion, string storedApiVersion) : VersionConversion
{
    private readonly ConditionalWeakTable<CachedObject, CachedObject> _served = [];

    /// <inheritdoc/>
    public override StructSchema StorageSchema => stored;

    /// <inheritdoc/>
    public override async ValueTask<ObjectValue> ToStorageAsync(ObjectValue served, CancellationToken cancellationToken)
    {
        var tree = ObjectDecoder.Normalize(served, schema).Object;
        return apiVersion == storedApiVersion ? tree : (await webhook.ConvertAsync([tree], storedApiVersion, cancellationToken))[0];
    }

    /// <inheritdoc/>
    public override async ValueTask<ObjectValue> FromStorageAsync(ObjectValue stored, CancellationToken cancellationToken) =>
        stored.GetString("apiVersion") == apiVersion ? stored : (await webhook.ConvertAsync([stored], apiVersion, cancellationToken))[0];

    /// <inheritdoc/>
    public override async ValueTask PrepareAsync(ReadOnlyMemory<CachedObject> items, CancellationToken cancellationToken)
    {
        var missing = new List<CachedObject>();
        var trees = new List<ObjectValue>();
        for (var i = 0; i < items.Length; i++)
            Collect(items.Span[i], missing, trees);
        if (missing.Count == 0)
            return;
        var converted = await webhook.ConvertAsync(trees, apiVersion, cancellationToken);
        for (var i = 0; i < missing.Count; i++)
            Keep(missing[i], converted[i]);
    }

    // An object stored before the stored version changed may be in this one already.
    private void Collect(CachedObject item, List<CachedObject> missing, List<ObjectValue> trees)
    {
        if (_served.TryGetValue(item, out _))
            return;
        var tree = item.ToTree();
        if (tree.GetString("apiVersion") == apiVersion)
        {
            Keep(item, tree);
            return;
        }

        missing.Add(item);
        trees.Add(tree);
    }

    private void Keep(CachedObject item, ObjectValue served) =>
        _served.AddOrUpdate(item, new CachedObject(item, CustomConversion.ServedBytes(served, schema, item.Revision)));

    /// <inheritdoc/>
    public override CachedObject Serve(CachedObject item) => _served.TryGetValue(item, out var known)
        ? known
        : throw ApiErrors.InternalError("an object was served before it was converted");
}
