using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.Store;

namespace Xebec.ApiServer.WatchCache;

/// <summary>
/// One stored object as every reader gets it: its final JSON bytes, resourceVersion included. Immutable; what selectors and other
/// encodings need is extracted once, on first use.
/// </summary>
public sealed class CachedObject
{
    private ObjectFacts? _facts;

    internal CachedObject(string key, ReadOnlyMemory<byte> storedValue, long createRevision, long revision)
    {
        Key = key;
        Revision = revision;
        CreateRevision = createRevision;

        // What a dry run would have created has no revision.
        Json = revision > 0 ? ResourceVersionSplice.Insert(storedValue.Span, revision) : storedValue.ToArray();
    }

    // The same object in another version or shape; the bytes are final.
    internal CachedObject(CachedObject original, byte[] json)
    {
        Key = original.Key;
        Revision = original.Revision;
        CreateRevision = original.CreateRevision;
        Json = json;
    }

    /// <summary>What a store's entry holds.</summary>
    /// <exception cref="ApiException">500: nobody can read it.</exception>
    internal static CachedObject Of(StoreEntry entry) => UnreadableValue.ReasonOf(entry.Value.Span) is { } reason
        ? throw UnreadableObjects.Error(entry.Key, reason)
        : new CachedObject(entry.Key, entry.Value, entry.CreateRevision, entry.ModRevision);

    /// <summary>The store's key.</summary>
    public string Key { get; }

    /// <summary>The revision of the last write, which is its resourceVersion.</summary>
    public long Revision { get; }

    /// <summary>The revision that created it.</summary>
    public long CreateRevision { get; }

    /// <summary>The whole object, compact JSON, resourceVersion included.</summary>
    public byte[] Json { get; }

    /// <summary>Name, namespace, labels: read from the bytes on first use.</summary>
    public ObjectFacts Facts => _facts ??= ObjectFacts.Read(Json);

    /// <summary>Whether it has a name; the key ends with it, so that nothing need be read from the bytes.</summary>
    public bool IsNamed(ReadOnlySpan<char> name) => Key.AsSpan(Key.LastIndexOf('/') + 1).SequenceEqual(name);

    /// <summary>A fresh tree that the caller may change.</summary>
    public ObjectValue ToTree() => (ObjectValue)Value.Parse(Json);
}
