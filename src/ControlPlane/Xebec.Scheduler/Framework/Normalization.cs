namespace Xebec.Scheduler.Framework;

/// <summary>The usual way to bring scores to 0..100.</summary>
internal static class Normalization
{
    public const long MaxNodeScore = 100;

    /// <summary>Scales so that the highest becomes 100; reversed, the highest becomes 0.</summary>
    public static void Default(Span<long> scores, bool reverse)
    {
        long max = 0;
        foreach (var score in scores)
            max = Math.Max(max, score);
        foreach (ref var score in scores)
        {
            if (max > 0)
                score = MaxNodeScore * score / max;
            if (reverse)
                score = MaxNodeScore - score;
        }
    }
}
