using Xebec.ApiServer.FlowControl;

namespace Xebec.ApiServer.Tests.FlowControl;

public sealed class SeatBorrowingTests
{
    [Theory]
    [InlineData("system", 30, 33, 74, 50)]
    [InlineData("node-high", 40, 25, 98, 73)]
    [InlineData("leader-election", 10, 0, 25, 25)]
    [InlineData("workload-high", 40, 50, 98, 49)]
    [InlineData("workload-low", 100, 90, 245, 24)]
    [InlineData("global-default", 20, 50, 49, 24)]
    [InlineData("catch-all", 5, 0, 13, 13)]
    public void Shares_of_the_default_levels_give_the_documented_limits(string name, long shares, long lendable, int nominal, int lower)
    {
        var level = new PriorityLevelSettings { Name = name, NominalConcurrencyShares = shares, LendablePercent = lendable };
        var limits = SeatLimits.Of(level, 600, 245);
        Assert.Equal((nominal, lower), (limits.Nominal, limits.Lower));
    }

    [Fact]
    public void What_is_not_wanted_goes_to_who_wants_it()
    {
        (double, double, double)[] levels = [(10, 600, 300), (50, 600, 50), (40, 600, 40)];
        var seats = new double[3];
        SeatBorrowing.Divide(200, levels, seats);
        Assert.Equal(200, seats.Sum(), 3);
        Assert.Equal(50, seats[1], 3);
        Assert.Equal(110, seats[0], 3);
    }

    [Fact]
    public void Nobody_gets_more_than_its_upper_bound()
    {
        (double, double, double)[] levels = [(10, 60, 300), (10, 600, 30)];
        var seats = new double[2];
        SeatBorrowing.Divide(200, levels, seats);
        Assert.Equal(60, seats[0], 3);
        Assert.Equal(140, seats[1], 3);
    }

    [Fact]
    public void Smoothed_demand_rises_at_once_and_falls_slowly()
    {
        var risen = SeatBorrowing.Smooth(0, 100, 10);
        Assert.Equal(110, risen);
        Assert.InRange(SeatBorrowing.Smooth(risen, 0, 0), 100, 109.9);
    }

    [Fact]
    public void Demand_is_weighted_by_time()
    {
        var demand = new SeatDemand();
        demand.Change(10, 0);
        demand.Change(0, 1);
        demand.Change(0, 3);
        Assert.Equal((10, 2.5), (demand.Highest, demand.Average));
        Assert.Equal(Math.Sqrt(100 / 4.0 - 2.5 * 2.5), demand.Deviation, 6);
    }
}
