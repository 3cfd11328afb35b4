using Xebec.Store;

namespace Xebec.ApiServer.WatchCache;

/// <summary>
/// One change, shared by every watcher: a node of a singly linked log. A watcher holds the last node it has sent; what no watcher
/// needs any more is garbage.
/// </summary>
internal sealed class CacheEvent(StoreEventType type, CachedObject current, CachedObject? previous)
{
    private volatile CacheEvent? _next;

    /// <summary>What happened.</summary>
    public StoreEventType Type { get; } = type;

    /// <summary>The object after the change; for a delete the last state, with the delete's resourceVersion.</summary>
    public CachedObject Current { get; } = current;

    /// <summary>The object before the change, null when it was created.</summary>
    public CachedObject? Previous { get; } = previous;

    public long Revision => Current.Revision;

    public CacheEvent? Next
    {
        get => _next;
        set => _next = value;
    }
}
