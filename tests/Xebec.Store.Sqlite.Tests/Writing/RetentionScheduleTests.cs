using Xebec.Store.Sqlite.Writing;

namespace Xebec.Store.Sqlite.Tests.Writing;

public sealed class RetentionScheduleTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    [Fact]
    public void The_newest_revision_of_a_retention_time_ago_is_due()
    {
        var schedule = new RetentionSchedule(TimeSpan.FromMinutes(5));
        Assert.Equal(0, schedule.Tick(Start, 10));
        Assert.Equal(0, schedule.Tick(Start.AddMinutes(1), 20));
        Assert.Equal(0, schedule.Tick(Start.AddMinutes(4), 30));
        Assert.Equal(20, schedule.Tick(Start.AddMinutes(8), 40));
        Assert.Equal(30, schedule.Tick(Start.AddMinutes(9), 40));
        Assert.Equal(0, schedule.Tick(Start.AddMinutes(10), 40));
    }

    [Fact]
    public void A_revision_counts_from_when_it_was_first_seen()
    {
        var schedule = new RetentionSchedule(TimeSpan.FromMinutes(5));
        for (var minute = 0; minute < 5; minute++)
            Assert.Equal(0, schedule.Tick(Start.AddMinutes(minute), 10));
        Assert.Equal(10, schedule.Tick(Start.AddMinutes(5), 10));
    }
}
