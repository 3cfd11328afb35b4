using Xebec.Scheduler.Cache;

namespace Xebec.Scheduler.Framework;

/// <summary>Looks at the feasible nodes once, before each is scored.</summary>
internal interface IPreScorePlugin : IPlugin
{
    /// <summary>False leaves this plugin's Score out.</summary>
    bool PreScore(CycleState state, PodInfo pod, Snapshot snapshot, ReadOnlySpan<int> feasible);
}
