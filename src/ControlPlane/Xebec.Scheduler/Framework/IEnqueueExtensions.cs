namespace Xebec.Scheduler.Framework;

/// <summary>Says which events may make a pod schedulable that this plugin rejected.</summary>
internal interface IEnqueueExtensions : IPlugin
{
    /// <summary>The events to look at.</summary>
    ClusterEvents EventsToRegister { get; }

    /// <summary>The queueing hint: whether this very change may help this pod.</summary>
    bool MayHelp(PodInfo pod, in ClusterChange change);
}
