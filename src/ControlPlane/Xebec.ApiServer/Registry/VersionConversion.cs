using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Registry;

/// <summary>How what is served differs from what is stored, and how the one becomes the other.</summary>
internal abstract class VersionConversion
{
    /// <summary>The stored version's schema.</summary>
    public abstract StructSchema StorageSchema { get; }

    /// <summary>From a tree in the served version, which may be reused, to one in the stored version.</summary>
    public abstract ValueTask<ObjectValue> ToStorageAsync(ObjectValue served, CancellationToken cancellationToken);

    /// <summary>From a tree in the stored version, which may be reused, to one in the served version.</summary>
    public abstract ValueTask<ObjectValue> FromStorageAsync(ObjectValue stored, CancellationToken cancellationToken);

    /// <summary>The bytes to store of a tree in the served version, which may be reused.</summary>
    public async ValueTask<byte[]> EncodeAsync(ObjectValue served, CancellationToken cancellationToken) =>
        ObjectDecoder.Normalize(await ToStorageAsync(served, cancellationToken), StorageSchema).Object.ToUtf8();

    /// <summary>Makes objects ready for <see cref="Serve"/>, when that takes asking somebody else.</summary>
    public virtual ValueTask PrepareAsync(ReadOnlyMemory<CachedObject> items, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>A cached object in the served version.</summary>
    public abstract CachedObject Serve(CachedObject item);
}
