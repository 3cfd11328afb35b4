namespace Xebec.Scheduler.Framework;

/// <summary>One event with what it changed, for queueing hints.</summary>
/// <param name="Event">Exactly one event.</param>
/// <param name="OldNode">The node before; null for a new one and for events about something else.</param>
/// <param name="Node">The node after, without its pods.</param>
/// <param name="Pod">The bound pod that was added, or is gone.</param>
internal readonly record struct ClusterChange(ClusterEvents Event, NodeInfo? OldNode = null, NodeInfo? Node = null, PodInfo? Pod = null);
