using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Cycle;

/// <summary>A cycle in which no node fitted, as PostFilter plugins see it.</summary>
/// <param name="Profile">The plugins.</param>
/// <param name="State">Their state after PreFilter.</param>
/// <param name="Pod">The pod.</param>
/// <param name="Snapshot">The nodes.</param>
/// <param name="Statuses">Why each node does not fit, by its place in the snapshot; null where it was not looked at.</param>
/// <param name="SkippedFilters">Which of the filters that are not node-local have nothing to say.</param>
/// <param name="Seed">Where to take chance from.</param>
internal sealed record FailedCycle(
    Profile Profile, CycleState State, PodInfo Pod, Snapshot Snapshot, Status?[] Statuses, bool[] SkippedFilters, ulong Seed);
