using System.Runtime.InteropServices;
using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Topology;

/// <summary>
/// What the affinity terms of running pods weigh for one kind of new pod, by topology key and value. Kept from cycle to cycle as
/// <see cref="DomainCounts"/> are.
/// </summary>
/// <param name="collect">Adds the key and the weight of each term of a node that is about the new pod; false when that may change
/// while the node stays the same.</param>
internal sealed class TermSums(Func<NodeInfo, List<(string Key, long Weight)>, bool> collect)
{
    private readonly Dictionary<(string Key, string Value), long> _sums = [];
    private readonly List<(string Key, long Weight)> _found = [];
    private Seen[] _seen = [];
    private int _used;

    /// <summary>The sums; those that are zero may be there.</summary>
    public Dictionary<(string Key, string Value), long> Update(Snapshot snapshot, Func<NodeInfo, bool> isConcerned)
    {
        var nodes = snapshot.Nodes;
        for (var i = nodes.Length; i < _used; i++)
            Set(ref _seen[i], null, []);
        if (_seen.Length < nodes.Length)
            Array.Resize(ref _seen, nodes.Length);
        _used = nodes.Length;
        for (var i = 0; i < nodes.Length; i++)
        {
            if (!ReferenceEquals(_seen[i].Node, nodes[i]) || _seen[i].IsVolatile)
                Replace(ref _seen[i], nodes[i], isConcerned(nodes[i]));
        }

        return _sums;
    }

    private void Replace(ref Seen seen, NodeInfo node, bool isConcerned)
    {
        _found.Clear();
        var isStable = !isConcerned || collect(node, _found);
        Set(ref seen, node, _found.Count == 0 ? [] : [.. _found]);
        seen.IsVolatile = !isStable;
    }

    private void Set(ref Seen seen, NodeInfo? node, (string Key, long Weight)[] terms)
    {
        Add(seen, -1);
        seen = new Seen { Node = node, Terms = terms };
        Add(seen, 1);
    }

    private void Add(in Seen seen, int sign)
    {
        foreach (var (key, weight) in seen.Terms ?? [])
        {
            if (seen.Node!.Labels.TryGetValue(key, out var value))
                CollectionsMarshal.GetValueRefOrAddDefault(_sums, (key, value), out _) += sign * weight;
        }
    }

    private struct Seen
    {
        public NodeInfo? Node;
        public (string Key, long Weight)[]? Terms;
        public bool IsVolatile;
    }
}
