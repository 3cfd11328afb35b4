using System.Runtime.InteropServices;
using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Topology;

/// <summary>
/// How many pods of one kind run in each topology domain, and on each node. Kept from cycle to cycle: only nodes whose state is
/// another than at the last update are counted again.
/// </summary>
/// <param name="topologyKey">The node label whose values are the domains.</param>
/// <param name="counts">Which pods count.</param>
/// <param name="isEligible">Which nodes are in a domain, by their labels and taints; null for all that have the label.</param>
internal sealed class DomainCounts(string topologyKey, Func<PodInfo, bool> counts, Func<NodeInfo, bool>? isEligible = null)
{
    private readonly Dictionary<string, int> _domainIds = new(StringComparer.Ordinal);
    private readonly List<Domain> _domains = [];
    private Seen[] _seen = [];
    private int _used;

    public string TopologyKey => topologyKey;

    /// <summary>How many pods count, wherever they are as long as their node is in a domain.</summary>
    public int Total { get; private set; }

    public DomainCounts Update(Snapshot snapshot)
    {
        var nodes = snapshot.Nodes;
        for (var i = nodes.Length; i < _used; i++)
            Remove(ref _seen[i]);
        if (_seen.Length < nodes.Length)
            Array.Resize(ref _seen, nodes.Length);
        _used = nodes.Length;
        for (var i = 0; i < nodes.Length; i++)
        {
            if (!ReferenceEquals(_seen[i].Node, nodes[i]))
                Replace(ref _seen[i], nodes[i]);
        }

        return this;
    }

    /// <summary>The pods in the domain of this value; 0 for one that no node is in.</summary>
    public int CountIn(string value) => _domainIds.TryGetValue(value, out var id) ? _domains[id].Pods : 0;

    /// <summary>The pods on a node of the snapshot.</summary>
    public int CountOn(int nodeIndex) => _seen[nodeIndex].Pods;

    /// <summary>The domain that a node of the snapshot is in, as a number below <see cref="DomainCount"/>; -1 for none.</summary>
    public int DomainOn(int nodeIndex) => _seen[nodeIndex].Domain;

    /// <summary>How many domains have been seen so far.</summary>
    public int DomainCount => _domains.Count;

    /// <summary>The pods in a domain.</summary>
    public int CountIn(int domain) => _domains[domain].Pods;

    /// <summary>How many pods of a node count.</summary>
    public int CountOf(NodeInfo node)
    {
        var count = 0;
        foreach (var pod in node.Pods)
        {
            if (counts(pod))
                count++;
        }

        return count;
    }

    /// <summary>The domains that have nodes, with how many pods each has.</summary>
    public IEnumerable<(string Value, int Pods)> Domains()
    {
        foreach (var (value, id) in _domainIds)
        {
            if (_domains[id].Nodes > 0)
                yield return (value, _domains[id].Pods);
        }
    }

    private void Replace(ref Seen seen, NodeInfo node)
    {
        var isSameDomain = seen.Node is not null && ReferenceEquals(seen.Node.Node, node.Node);
        var domain = isSameDomain ? seen.Domain : DomainOf(node);
        Remove(ref seen);
        seen = new Seen(node, domain, CountOf(node));
        Add(seen, 1);
    }

    private void Remove(ref Seen seen)
    {
        Add(seen, -1);
        seen = default;
    }

    private void Add(in Seen seen, int sign)
    {
        if (seen.Node is null || seen.Domain < 0)
            return;
        ref var domain = ref CollectionsMarshal.AsSpan(_domains)[seen.Domain];
        domain = new Domain(domain.Nodes + sign, domain.Pods + (sign * seen.Pods));
        Total += sign * seen.Pods;
    }

    private int DomainOf(NodeInfo node)
    {
        if (!node.Labels.TryGetValue(topologyKey, out var value) || isEligible?.Invoke(node) == false)
            return -1;
        if (_domainIds.TryGetValue(value, out var id))
            return id;
        _domains.Add(default);
        return _domainIds[value] = _domains.Count - 1;
    }

    private readonly record struct Domain(int Nodes, int Pods);

    private readonly record struct Seen(NodeInfo? Node, int Domain, int Pods);
}
