namespace Xebec.Client.Events;

/// <summary>A dictionary that forgets what was not used for longest. For one thread.</summary>
internal sealed class LruCache<TKey, TValue>(int capacity)
    where TKey : notnull
    where TValue : class
{
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _nodes = [];
    private readonly LinkedList<(TKey Key, TValue Value)> _byUse = [];

    public TValue? Get(TKey key)
    {
        if (!_nodes.TryGetValue(key, out var node))
            return null;
        _byUse.Remove(node);
        _byUse.AddFirst(node);
        return node.Value.Value;
    }

    public void Set(TKey key, TValue value)
    {
        if (_nodes.Remove(key, out var old))
            _byUse.Remove(old);
        _nodes[key] = _byUse.AddFirst((key, value));
        if (_nodes.Count <= capacity)
            return;
        _nodes.Remove(_byUse.Last!.Value.Key);
        _byUse.RemoveLast();
    }
}
