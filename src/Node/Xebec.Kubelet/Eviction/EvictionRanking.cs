namespace Xebec.Kubelet.Eviction;

/// <summary>Which pod goes first: over its request, then lower priority, then furthest over its request. Pure.</summary>
internal static class EvictionRanking
{
    private const int SystemCriticalPriority = 2_000_000_000;

    /// <summary>The pods that may be evicted, first to go first; critical and static pods never go.</summary>
    public static List<EvictionCandidate> Rank(IEnumerable<EvictionCandidate> candidates) =>
    [
        .. candidates.Where(c => (c.Pod.Spec.Priority ?? 0) < SystemCriticalPriority)
            .OrderByDescending(c => c.UsageBytes > c.RequestBytes)
            .ThenBy(c => c.Pod.Spec.Priority ?? 0)
            .ThenByDescending(c => c.UsageBytes - c.RequestBytes)
            .ThenBy(c => c.Pod.Metadata.Uid, StringComparer.Ordinal),
    ];
}
