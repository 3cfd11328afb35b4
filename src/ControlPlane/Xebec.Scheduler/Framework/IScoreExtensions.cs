using Xebec.Scheduler.Cache;

namespace Xebec.Scheduler.Framework;

/// <summary>Brings a plugin's scores of all feasible nodes to the range from 0 to 100.</summary>
internal interface IScoreExtensions : IPlugin
{
    void NormalizeScore(CycleState state, Snapshot snapshot, ReadOnlySpan<int> feasible, Span<long> scores);
}
