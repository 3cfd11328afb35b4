namespace Xebec.Store;

/// <summary>One durable change, delivered to watches in revision order without gaps or repeats.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Key">The full key.</param>
/// <param name="Revision">The revision of this change; strictly increasing over the whole store.</param>
/// <param name="CreateRevision">The revision that created the key.</param>
/// <param name="Value">The value after the change; for <see cref="StoreEventType.Deleted"/> the last value before it.</param>
public sealed record StoreEvent(StoreEventType Type, string Key, long Revision, long CreateRevision, ReadOnlyMemory<byte> Value);
