using Xebec.Api.Core.V1;
using Xebec.Kubelet.Eviction;

namespace Xebec.Kubelet.Tests.Eviction;

public sealed class EvictionRankingTests
{
    [Fact]
    public void PodsOverTheirRequestGoFirstThenByPriorityThenByExcess()
    {
        EvictionCandidate[] all =
        [
            New("within", usage: 900, request: 1000, priority: 0),
            New("bit-over", usage: 110, request: 100, priority: 0),
            New("far-over", usage: 500, request: 100, priority: 0),
            New("important", usage: 900, request: 0, priority: 100),
            New("critical", usage: 9000, request: 0, priority: 2_000_000_000),
        ];
        Assert.Equal(["far-over", "bit-over", "important", "within"], EvictionRanking.Rank(all).Select(c => c.Pod.Metadata.Name));
    }

    [Fact]
    public void ThresholdsAreUpstreams()
    {
        Assert.True(new EvictionSignals(99L << 20, -1, 0).IsMemoryShort);
        Assert.False(new EvictionSignals(101L << 20, -1, 0).IsMemoryShort);
        Assert.True(new EvictionSignals(-1, 9, 100).IsDiskShort);
        Assert.False(new EvictionSignals(-1, 10, 100).IsDiskShort);
        Assert.Equal(90, new EvictionSignals(-1, 10, 100).DiskUsedPercent);
    }

    private static EvictionCandidate New(string name, long usage, long request, int priority) =>
        new(Pods.New(name).With(p => p.Spec.Priority = priority), usage, request);
}
