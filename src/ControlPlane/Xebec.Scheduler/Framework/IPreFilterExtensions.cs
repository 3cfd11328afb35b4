namespace Xebec.Scheduler.Framework;

/// <summary>For plugins whose state counts the pods of other nodes: keeps it right when a node is tried out with other pods.</summary>
internal interface IPreFilterExtensions : IPlugin
{
    /// <summary>Changes the state to what PreFilter would have found, had the node been as it is after.</summary>
    void ReplaceNode(CycleState state, PodInfo pod, NodeInfo before, NodeInfo after);
}
