using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Topology;

/// <summary>Keeps the counts that were used last. Equal keys must mean equal predicates.</summary>
internal sealed class DomainCountsCache
{
    private readonly RecentCache<DomainCounts> _recent = new(64);

    public DomainCounts For(
        string topologyKey, string predicateKey, Snapshot snapshot, Func<PodInfo, bool> counts, Func<NodeInfo, bool>? isEligible = null) =>
        _recent.Get($"{topologyKey}\n{predicateKey}", () => new DomainCounts(topologyKey, counts, isEligible)).Update(snapshot);
}
