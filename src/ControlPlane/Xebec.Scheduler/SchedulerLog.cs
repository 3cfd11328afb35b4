using Microsoft.Extensions.Logging;
using Xebec.Client;

namespace Xebec.Scheduler;

/// <summary>What the scheduler logs; event ids 3000 to 3099.</summary>
internal static partial class SchedulerLog
{
    [LoggerMessage(3000, LogLevel.Information, "Scheduler started profile=\"{Profile}\" nodes={Nodes}")]
    public static partial void Started(ILogger logger, string profile, int nodes);

    [LoggerMessage(3001, LogLevel.Debug, "Successfully bound pod to node pod=\"{Pod}\" node=\"{Node}\"")]
    public static partial void Bound(ILogger logger, NamespacedName pod, string node);

    [LoggerMessage(3002, LogLevel.Debug, "Unable to schedule pod, waiting pod=\"{Pod}\" err=\"{Message}\"")]
    public static partial void Unschedulable(ILogger logger, NamespacedName pod, string message);

    [LoggerMessage(3003, LogLevel.Error, "Failed to bind pod pod=\"{Pod}\" node=\"{Node}\"")]
    public static partial void BindFailed(ILogger logger, Exception e, NamespacedName pod, string node);

    [LoggerMessage(3004, LogLevel.Error, "Error scheduling pod, trying again pod=\"{Pod}\"")]
    public static partial void CycleFailed(ILogger logger, Exception e, NamespacedName pod);

    [LoggerMessage(3005, LogLevel.Warning, "Unable to update pod status pod=\"{Pod}\" err=\"{Error}\"")]
    public static partial void StatusFailed(ILogger logger, NamespacedName pod, string error);

    [LoggerMessage(3006, LogLevel.Information, "Preempted pod pod=\"{Pod}\" node=\"{Node}\" preemptor=\"{Preemptor}\"")]
    public static partial void Preempted(ILogger logger, NamespacedName pod, string node, NamespacedName preemptor);

    [LoggerMessage(3007, LogLevel.Warning, "Unable to preempt pod pod=\"{Pod}\" err=\"{Error}\"")]
    public static partial void PreemptionFailed(ILogger logger, NamespacedName pod, string error);
}
