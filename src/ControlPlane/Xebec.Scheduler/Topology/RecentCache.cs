namespace Xebec.Scheduler.Topology;

/// <summary>Keeps the few values that were used last, by a text that says all about them.</summary>
internal sealed class RecentCache<T>(int most)
    where T : class
{
    private readonly Dictionary<string, LinkedListNode<(string Key, T Value)>> _nodes = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, T Value)> _recent = [];

    public T Get(string key, Func<T> make)
    {
        if (_nodes.TryGetValue(key, out var node))
        {
            _recent.Remove(node);
            _recent.AddFirst(node);
            return node.Value.Value;
        }

        if (_recent.Count == most)
        {
            _nodes.Remove(_recent.Last!.Value.Key);
            _recent.RemoveLast();
        }

        _nodes[key] = _recent.AddFirst((key, make()));
        return _nodes[key].Value.Value;
    }
}
