using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Cycle;

/// <summary>
/// What the node-local plugins said of each node for pods of one signature. A node's state never changes under its reference, so
/// an answer holds as long as the reference is the same.
/// </summary>
internal sealed class NodeVerdicts(Profile profile)
{
    private Verdict[] _verdicts = [];
    private long[] _scores = [];

    public void Resize(int nodes)
    {
        if (_verdicts.Length >= nodes)
            return;
        Array.Resize(ref _verdicts, nodes);
        _scores = new long[nodes * profile.LocalScores];
        foreach (ref var verdict in _verdicts.AsSpan())
            verdict.Scored = null;
    }

    public Status? Filter(CycleState state, PodInfo pod, NodeInfo node, int index)
    {
        ref var verdict = ref _verdicts[index];
        if (!ReferenceEquals(verdict.Filtered, node))
        {
            verdict.Rejection = NodeFilter.RunLocal(profile, state, pod, node);
            verdict.Filtered = node;
        }

        return verdict.Rejection;
    }

    /// <summary>The scores of the node-local plugins that are not skipped, before normalizing.</summary>
    public ReadOnlySpan<long> Score(CycleState state, PodInfo pod, NodeInfo node, int index, bool[] skipped)
    {
        ref var verdict = ref _verdicts[index];
        var scores = _scores.AsSpan(index * profile.LocalScores, profile.LocalScores);
        if (ReferenceEquals(verdict.Scored, node))
            return scores;
        for (var i = 0; i < profile.Score.Length; i++)
        {
            var score = profile.Score[i];
            if (score.LocalSlot >= 0)
                scores[score.LocalSlot] = skipped[i] ? 0 : score.Plugin.Score(state, pod, node, index);
        }

        verdict.Scored = node;
        return scores;
    }

    private struct Verdict
    {
        public NodeInfo? Filtered;
        public NodeInfo? Scored;
        public Status? Rejection;
    }
}
