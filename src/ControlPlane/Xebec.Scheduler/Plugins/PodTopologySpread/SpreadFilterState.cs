using Xebec.Scheduler.Framework;
using Xebec.Scheduler.Topology;

namespace Xebec.Scheduler.Plugins.PodTopologySpread;

/// <summary>What PreFilter found: the hard constraints with the counts of their domains.</summary>
internal sealed class SpreadFilterState(SpreadConstraint[] constraints, DomainView[] views) : IStateData
{
    private readonly (int Fewest, int Domains)[] _smallest = [.. views.Select(v => v.Smallest())];

    public SpreadConstraint[] Constraints => constraints;

    public DomainView[] Views => views;

    /// <summary>The fewest pods in a domain; none when there are fewer domains than the constraint wants.</summary>
    public int FewestIn(int constraint) =>
        _smallest[constraint].Domains < constraints[constraint].MinDomains ? 0 : _smallest[constraint].Fewest;

    public IStateData Clone() => new SpreadFilterState(constraints, [.. views.Select(v => v.Clone())]);

    public void ReplaceNode(NodeInfo before, NodeInfo after)
    {
        for (var i = 0; i < views.Length; i++)
        {
            if (!constraints[i].CountsNode(before))
                continue;
            views[i].ReplaceNode(before, after);
            _smallest[i] = views[i].Smallest();
        }
    }
}
