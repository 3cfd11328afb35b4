namespace Xebec.Scheduler.Framework;

/// <summary>Ranks a feasible node, from 0 to 100 after normalizing.</summary>
internal interface IScorePlugin : IPlugin
{
    /// <summary>As <see cref="IFilterPlugin.IsNodeLocal"/>.</summary>
    bool IsNodeLocal { get; }

    /// <param name="state">What PreScore left.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="node">The node.</param>
    /// <param name="nodeIndex">Where the node is in the snapshot.</param>
    long Score(CycleState state, PodInfo pod, NodeInfo node, int nodeIndex);
}
