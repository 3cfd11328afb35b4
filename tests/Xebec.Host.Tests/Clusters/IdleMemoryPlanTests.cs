using Xebec.Host.Clusters;

namespace Xebec.Host.Tests.Clusters;

public sealed class IdleMemoryPlanTests
{
    private const long Burst = 2 * IdleMemoryPlan.WorthwhileBytes;

    [Fact]
    public void Memory_is_given_back_once_in_the_first_quiet_interval_after_a_burst()
    {
        var plan = new IdleMemoryPlan(0);
        Assert.False(plan.IsTime(Burst, heapBytes: 0));
        Assert.True(plan.IsTime(Burst + 1, heapBytes: 0));
        Assert.False(plan.IsTime(Burst + 2, heapBytes: 0));
    }

    [Fact]
    public void Nothing_happens_while_work_goes_on()
    {
        var plan = new IdleMemoryPlan(0);
        for (var allocated = Burst; allocated < 20 * Burst; allocated += IdleMemoryPlan.QuietBytes)
            Assert.False(plan.IsTime(allocated, heapBytes: 0));
    }

    [Fact]
    public void Nothing_happens_for_little_or_for_a_heap_that_takes_long_to_compact()
    {
        var plan = new IdleMemoryPlan(0);
        Assert.False(plan.IsTime(IdleMemoryPlan.QuietBytes - 1, heapBytes: 0));
        Assert.False(plan.IsTime(Burst, heapBytes: 0));
        Assert.False(plan.IsTime(Burst, heapBytes: IdleMemoryPlan.LargestHeapBytes + 1));
    }

    // A start allocates some 15 MiB, and a slow machine is quiet in the middle of it.
    [Fact]
    public void A_small_heap_gives_back_after_a_small_burst()
    {
        var plan = new IdleMemoryPlan(0);
        const long small = IdleMemoryPlan.LeastBytes;
        Assert.False(plan.IsTime(small, heapBytes: small));
        Assert.True(plan.IsTime(small + 1, heapBytes: small));
        Assert.False(plan.IsTime(2 * small, heapBytes: small));
        Assert.True(plan.IsTime((2 * small) + 1, heapBytes: small));
    }

    [Fact]
    public void The_larger_the_heap_the_more_a_burst_must_have_allocated()
    {
        const long heap = 2 * IdleMemoryPlan.WorthwhileBytes;
        var plan = new IdleMemoryPlan(0);
        Assert.False(plan.IsTime(heap / 4, heap));
        Assert.True(plan.IsTime((heap / 4) + 1, heap));
        Assert.False(plan.IsTime((heap / 2) + 1, heap));
        Assert.False(plan.IsTime((heap / 2) + 1, heapBytes: 4 * heap));
    }
}
