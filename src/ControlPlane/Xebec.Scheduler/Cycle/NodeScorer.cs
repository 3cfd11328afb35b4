using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Cycle;

/// <summary>Ranks the feasible nodes. Keeps its buffers, so one per loop.</summary>
internal sealed class NodeScorer(Profile profile)
{
    private readonly bool[] _skipped = new bool[profile.Score.Length];
    private long[] _totals = [];
    private long[] _scores = [];

    /// <summary>The place in the snapshot of the best node; the seed chooses among equals.</summary>
    public int Best(CycleState state, PodInfo pod, Snapshot snapshot, ReadOnlySpan<int> feasible, NodeVerdicts? verdicts, ulong seed)
    {
        RunPreScore(state, pod, snapshot, feasible);
        if (_totals.Length < feasible.Length)
            (_totals, _scores) = (new long[snapshot.Count], new long[snapshot.Count * profile.Score.Length]);
        var totals = _totals.AsSpan(0, feasible.Length);
        totals.Clear();
        Collect(state, pod, snapshot, feasible, verdicts);
        for (var i = 0; i < profile.Score.Length; i++)
        {
            if (_skipped[i])
                continue;
            var scores = _scores.AsSpan(i * feasible.Length, feasible.Length);
            (profile.Score[i].Plugin as IScoreExtensions)?.NormalizeScore(state, snapshot, feasible, scores);
            for (var n = 0; n < scores.Length; n++)
                totals[n] += scores[n] * profile.Score[i].Weight;
        }

        return feasible[Choose(totals, seed)];
    }

    private void RunPreScore(CycleState state, PodInfo pod, Snapshot snapshot, ReadOnlySpan<int> feasible)
    {
        Array.Clear(_skipped);
        foreach (var plugin in profile.PreScore)
        {
            if (!plugin.PreScore(state, pod, snapshot, feasible))
                _skipped[Array.FindIndex(profile.Score, s => ReferenceEquals(s.Plugin, plugin))] = true;
        }
    }

    private void Collect(CycleState state, PodInfo pod, Snapshot snapshot, ReadOnlySpan<int> feasible, NodeVerdicts? verdicts)
    {
        var nodes = snapshot.Nodes;
        for (var n = 0; n < feasible.Length; n++)
        {
            var (index, node) = (feasible[n], nodes[feasible[n]]);
            var local = verdicts is null ? default : verdicts.Score(state, pod, node, index, _skipped);
            for (var i = 0; i < profile.Score.Length; i++)
            {
                var score = profile.Score[i];
                if (_skipped[i])
                    continue;
                _scores[(i * feasible.Length) + n] = score.LocalSlot >= 0 && verdicts is not null
                    ? local[score.LocalSlot]
                    : score.Plugin.Score(state, pod, node, index);
            }
        }
    }

    private static int Choose(ReadOnlySpan<long> totals, ulong seed)
    {
        var (best, ties) = (long.MinValue, 0UL);
        foreach (var total in totals)
        {
            if (total > best)
                (best, ties) = (total, 0);
            ties += total == best ? 1UL : 0;
        }

        var skip = seed % ties;
        for (var i = 0; ; i++)
        {
            if (totals[i] == best && skip-- == 0)
                return i;
        }
    }
}
