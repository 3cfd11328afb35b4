using Xebec.Store.Sqlite.Writing;

namespace Xebec.Store.Sqlite.Tests.Writing;

public sealed class VacuumPlanTests
{
    [Theory]
    [InlineData(100, 50, 0)]
    [InlineData(10_000, 1_000, 0)]
    [InlineData(10_000, 3_000, 0)]
    [InlineData(10_000, 8_000, 7_488)]
    [InlineData(2_000, 1_990, 1_478)]
    public void Pages_are_freed_once_half_as_many_as_in_use_are_free(long pageCount, long freePages, long expected) =>
        Assert.Equal(expected, VacuumPlan.PagesToFree(pageCount, freePages));
}
