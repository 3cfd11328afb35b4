using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Topology;

/// <summary>Keeps the counts that were used last. Equal keys must mean equal predicates.</summary>
internal sealed class DomainCountsCache
{
    private const int Most = 64;
    private readonly LinkedList<(string Key, DomainCounts Counts)> _recent = [];

    public DomainCounts For(
        string topologyKey, string predicateKey, Snapshot snapshot, Func<PodInfo, bool> counts, Func<NodeInfo, bool>? isEligible = null)
    {
        var key = $"{topologyKey}\n{predicateKey}";
        var found = _recent.First;
        while (found is not null && found.Value.Key != key)
            found = found.Next;
        if (found is null)
            found = new LinkedListNode<(string, DomainCounts)>((key, new DomainCounts(topologyKey, counts, isEligible)));
        else
            _recent.Remove(found);
        if (_recent.Count == Most)
            _recent.RemoveLast();
        _recent.AddFirst(found);
        return found.Value.Counts.Update(snapshot);
    }
}
