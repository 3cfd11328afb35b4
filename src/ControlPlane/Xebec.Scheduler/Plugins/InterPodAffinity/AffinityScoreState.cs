using Xebec.Scheduler.Framework;
using Xebec.Scheduler.Topology;

namespace Xebec.Scheduler.Plugins.InterPodAffinity;

/// <summary>What PreScore found.</summary>
/// <param name="Own">The pod's preferred terms with the pods that match, weighed; anti-affinity weighs negative.</param>
/// <param name="Others">What terms of running pods weigh, by topology key and value.</param>
internal sealed record AffinityScoreState((DomainView View, int Weight)[] Own, Dictionary<(string Key, string Value), long> Others) : IStateData
{
    IStateData IStateData.Clone() => this;
}
