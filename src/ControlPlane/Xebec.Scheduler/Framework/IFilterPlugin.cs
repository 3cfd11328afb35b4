namespace Xebec.Scheduler.Framework;

/// <summary>Says whether a pod fits on a node.</summary>
internal interface IFilterPlugin : IPlugin
{
    /// <summary>
    /// Whether the answer is a function of the pod's signature and the node alone. Such answers are remembered for pods with an
    /// equal signature until the node changes.
    /// </summary>
    bool IsNodeLocal { get; }

    /// <summary>Null when the pod fits.</summary>
    Status? Filter(CycleState state, PodInfo pod, NodeInfo node);
}
