using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Registry;

/// <summary>How a served version of a built-in kind that is not the stored one is turned into it and back.</summary>
/// <param name="toStorage">From the served version's tree to the stored version's; may reuse its parts.</param>
/// <param name="storageSchema">The stored version's schema.</param>
/// <param name="fromStorage">From the stored version's tree to the served version's; may reuse its parts.</param>
/// <param name="schema">The served version's schema.</param>
internal sealed class BuiltInConversion(
    Func<ObjectValue, ObjectValue> toStorage, StructSchema storageSchema, Func<ObjectValue, ObjectValue> fromStorage, StructSchema schema)
    : VersionConversion
{
    /// <inheritdoc/>
    public override StructSchema StorageSchema => storageSchema;

    /// <inheritdoc/>
    public override ValueTask<ObjectValue> ToStorageAsync(ObjectValue served, CancellationToken cancellationToken) =>
        ValueTask.FromResult(toStorage(served));

    /// <inheritdoc/>
    public override ValueTask<ObjectValue> FromStorageAsync(ObjectValue stored, CancellationToken cancellationToken) =>
        ValueTask.FromResult(fromStorage(stored));

    /// <inheritdoc/>
    public override CachedObject Serve(CachedObject item) =>
        new(item, ObjectDecoder.Normalize(fromStorage(item.ToTree()), schema).Object.ToUtf8());
}
