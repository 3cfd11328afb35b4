using Microsoft.Extensions.Time.Testing;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Tests.WatchCache;

public sealed class WakeupListTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Few_watchers_are_woken_by_every_change()
    {
        var (list, members) = Watchers(4);
        for (var change = 0; change < 3; change++)
        {
            var waits = Array.ConvertAll(members, m => m.WaitAsync());
            list.SignalAll();
            Assert.All(waits, w => Assert.True(w.IsCompleted));
        }
    }

    [Fact]
    public void Many_watchers_are_woken_in_rounds_and_none_misses_the_last_change()
    {
        var (list, members) = Watchers(100);
        _time.Advance(TimeSpan.FromSeconds(1));
        var first = Array.ConvertAll(members, m => m.WaitAsync());
        list.SignalAll();
        Assert.All(first, w => Assert.True(w.IsCompleted));

        var second = Array.ConvertAll(members, m => m.WaitAsync());
        list.SignalAll();
        list.SignalAll();
        Assert.All(second, w => Assert.False(w.IsCompleted));
        _time.Advance(WakeupList.RoundOf(100));
        Assert.All(second, w => Assert.True(w.IsCompleted));

        var third = Array.ConvertAll(members, m => m.WaitAsync());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.All(third, w => Assert.False(w.IsCompleted));
    }

    [Fact]
    public void A_round_grows_with_the_watchers_up_to_a_limit() =>
        Assert.Equal([5, 20, 20], Array.ConvertAll((int[])[100, 400, 100_000], n => WakeupList.RoundOf(n).TotalMilliseconds));

    private (WakeupList List, Wakeup[] Members) Watchers(int count)
    {
        var list = new WakeupList(_time);
        var members = new Wakeup[count];
        for (var i = 0; i < count; i++)
            list.Add(members[i] = new Wakeup());
        return (list, members);
    }
}
