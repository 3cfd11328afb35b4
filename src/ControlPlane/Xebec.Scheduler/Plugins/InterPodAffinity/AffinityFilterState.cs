using Xebec.Scheduler.Framework;
using Xebec.Scheduler.Topology;

namespace Xebec.Scheduler.Plugins.InterPodAffinity;

/// <summary>What PreFilter found.</summary>
/// <param name="Affinity">For each required affinity term, the pods that match all of them.</param>
/// <param name="AntiAffinity">For each required anti-affinity term, the pods that match it.</param>
/// <param name="Existing">How many terms of running pods keep this one out, by topology key and value.</param>
internal sealed record AffinityFilterState(DomainView[] Affinity, DomainView[] AntiAffinity, Dictionary<(string Key, string Value), long> Existing)
    : IStateData
{
    IStateData IStateData.Clone() => new AffinityFilterState(
        Array.ConvertAll(Affinity, v => v.Clone()), Array.ConvertAll(AntiAffinity, v => v.Clone()), new(Existing));
}
