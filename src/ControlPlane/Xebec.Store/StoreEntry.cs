namespace Xebec.Store;

/// <summary>One live key: its value and the revisions that created it and last changed it.</summary>
/// <param name="Key">The full key, for example <c>/registry/pods/default/web-0</c>; compared ordinally as UTF-8 bytes.</param>
/// <param name="Value">The stored bytes; the store never looks inside them.</param>
/// <param name="CreateRevision">The revision that created the key.</param>
/// <param name="ModRevision">The revision of the last write.</param>
public sealed record StoreEntry(string Key, ReadOnlyMemory<byte> Value, long CreateRevision, long ModRevision);
