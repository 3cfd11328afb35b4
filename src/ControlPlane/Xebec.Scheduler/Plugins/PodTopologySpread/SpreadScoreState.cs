using Xebec.Scheduler.Framework;
using Xebec.Scheduler.Topology;

namespace Xebec.Scheduler.Plugins.PodTopologySpread;

/// <summary>What PreScore found: the soft constraints, the counts of their domains, and what a pod in each weighs.</summary>
/// <param name="Constraints">The constraints.</param>
/// <param name="Counts">Their counts.</param>
/// <param name="Weights">The more domains there are the more one pod weighs.</param>
/// <param name="NeedsAllLabels">Whether nodes that lack one of the labels score nothing.</param>
internal sealed record SpreadScoreState(SpreadConstraint[] Constraints, DomainCounts[] Counts, double[] Weights, bool NeedsAllLabels) : IStateData
{
    public bool Ignores(NodeInfo node)
    {
        if (!NeedsAllLabels)
            return false;
        foreach (var constraint in Constraints)
        {
            if (!node.Labels.ContainsKey(constraint.TopologyKey))
                return true;
        }

        return false;
    }

    IStateData IStateData.Clone() => this;
}
