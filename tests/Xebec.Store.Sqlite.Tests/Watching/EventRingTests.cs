using Xebec.Store.Sqlite.Watching;

namespace Xebec.Store.Sqlite.Tests.Watching;

public sealed class EventRingTests
{
    [Fact]
    public void It_keeps_the_newest_changes_by_number()
    {
        var ring = new EventRing(100);
        for (var revision = 101; revision <= 10_100; revision++)
            ring.Publish([Change(revision, 1)]);
        Assert.Equal(10_100, ring.DurableRevision);
        Assert.Null(ring.Find(10_100 - 8192));
        Assert.Equal(10_100 - 8191, ring.Find(10_100 - 8191)!.Revision);
        Assert.Equal(10_100, ring.Find(10_100)!.Revision);
    }

    [Fact]
    public void It_keeps_no_more_than_8_MiB_of_values_but_always_the_newest()
    {
        var ring = new EventRing(0);
        ring.Publish([Change(1, 3 << 20), Change(2, 3 << 20), Change(3, 3 << 20)]);
        Assert.Null(ring.Find(1));
        Assert.NotNull(ring.Find(2));
        ring.Publish([Change(4, 64 << 20)]);
        Assert.Null(ring.Find(3));
        Assert.NotNull(ring.Find(4));
        ring.Publish([Change(5, 1)]);
        Assert.Null(ring.Find(4));
        Assert.NotNull(ring.Find(5));
    }

    [Fact]
    public async Task A_wait_ends_with_the_publish_it_waits_for_and_with_the_close()
    {
        var ring = new EventRing(0);
        var wait = ring.WaitAsync(0, default);
        Assert.False(wait.IsCompleted);
        ring.Publish([Change(1, 1)]);
        await wait;
        Assert.True(ring.WaitAsync(0, default).IsCompletedSuccessfully);
        var last = ring.WaitAsync(1, default);
        ring.Close(new StoreUnavailableException("closed"));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => last);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => ring.WaitAsync(1, default));
    }

    private static StoreEvent Change(long revision, int bytes) => new(StoreEventType.Created, "/a", revision, revision, new byte[bytes]);
}
