namespace Xebec.Store;

/// <summary>Changes that became durable together.</summary>
/// <param name="Revision">Every change up to this revision that the watch covers has been delivered once the batch is.</param>
/// <param name="Events">The changes in revision order; may be empty.</param>
public sealed record StoreEventBatch(long Revision, IReadOnlyList<StoreEvent> Events);
