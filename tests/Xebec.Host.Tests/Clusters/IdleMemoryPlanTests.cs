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
}
