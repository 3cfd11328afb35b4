namespace Xebec.Store.Tests;

public abstract partial class StoreContractTests
{
    [Fact]
    public async Task A_watch_starts_after_its_revision_and_sees_only_its_prefix()
    {
        await using var store = await OpenAsync();
        await store.CreateAsync("/pods/a", Value("1"));
        await store.CreateAsync("/nodes/a", Value("2"));
        await store.UpdateAsync("/pods/a", Value("3"), 1);
        await store.DeleteAsync("/nodes/a", 0);
        Assert.Equal(["3 Updated /pods/a created=1 3"], (await WatchReader.ReadAsync(store, "/pods/", 1, 4)).Select(WatchReader.Describe));
        Assert.Empty(await WatchReader.ReadAsync(store, "/services/", 0, 4));
    }

    [Fact]
    public async Task A_watch_that_waits_gets_what_is_written_later()
    {
        await using var store = await OpenAsync();
        await store.CreateAsync("/a", Value("1"));
        var watch = WatchReader.ReadAsync(store, "/", 1, 2);
        Assert.False(watch.IsCompleted);
        await store.CreateAsync("/b", Value("2"));
        Assert.Equal(["2 Created /b created=2 2"], (await watch).Select(WatchReader.Describe));
    }

    [Fact]
    public async Task A_watch_from_the_future_waits_for_it()
    {
        await using var store = await OpenAsync();
        await store.CreateAsync("/a", Value("1"));
        var watch = WatchReader.ReadAsync(store, "/", 2, 3);
        await store.CreateAsync("/b", Value("2"));
        await store.CreateAsync("/c", Value("3"));
        Assert.Equal(["3 Created /c created=3 3"], (await watch).Select(WatchReader.Describe));
    }

    [Fact]
    public async Task A_watch_from_before_the_compaction_is_refused_and_one_after_it_is_not()
    {
        await using var store = await OpenAsync();
        await WriteHistoryAsync(store);
        await store.CompactAsync(3);
        await Assert.ThrowsAsync<CompactedException>(() => WatchReader.ReadAsync(store, "/", 2, 4));
        Assert.Equal(["4 Deleted /b created=2 2"], (await WatchReader.ReadAsync(store, "/", 3, 4)).Select(WatchReader.Describe));
    }

    [Fact]
    public async Task A_watch_ends_when_it_is_cancelled_and_when_the_store_closes()
    {
        var store = await OpenAsync();
        using var cancel = new CancellationTokenSource();
        var cancelled = DrainAsync(store, cancel.Token);
        var closed = DrainAsync(store, default);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await store.DisposeAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => closed);
    }

    [Fact]
    public async Task Every_watcher_sees_every_revision_once_and_in_order()
    {
        const int writers = 8, writes = 150;
        await using var store = await OpenAsync();
        var watches = Enumerable.Range(0, 6)
            .Select(i => Task.Run(() => WatchReader.ReadAsync(store, i % 2 == 0 ? "/" : "/odd/", 0, writers * writes))).ToList();
        var later = Task.Run(async () =>
        {
            while (await store.GetCurrentRevisionAsync() < writers * writes / 2)
                await Task.Yield();
            return await WatchReader.ReadAsync(store, "/", 0, writers * writes);
        });
        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(() => WriteManyAsync(store, writer, writes))));
        var all = (await later).Select(WatchReader.Describe).ToList();
        Assert.Equal(Enumerable.Range(1, writers * writes).Select(i => (long)i), (await later).Select(change => change.Revision));
        for (var i = 0; i < watches.Count; i++)
        {
            var expected = i % 2 == 0 ? all : all.Where(change => change.Contains(" /odd/"));
            Assert.Equal(expected, (await watches[i]).Select(WatchReader.Describe));
        }
    }

    [Fact]
    public async Task A_watch_never_shows_what_a_read_does_not()
    {
        await using var store = await OpenAsync();
        var writer = Task.Run(() => WriteManyAsync(store, 0, 100));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        await foreach (var batch in store.WatchAsync("/", 0, patience.Token))
        {
            Assert.True(await store.GetCurrentRevisionAsync() >= batch.Revision);
            foreach (var change in batch.Events)
                Assert.Equal(change.Revision, (await store.GetAsync(change.Key, change.Revision))!.ModRevision);
            if (batch.Revision == 100)
                break;
        }
        await writer;
    }

    private static async Task WriteManyAsync(IStore store, int writer, int writes)
    {
        for (var i = 0; i < writes; i++)
        {
            var key = $"/{(i % 2 == 0 ? "even" : "odd")}/{writer}-{i}";
            Assert.True((await store.CreateAsync(key, Value($"value {i} of {writer}"))).Succeeded);
        }
    }

    private static async Task DrainAsync(IStore store, CancellationToken cancellationToken)
    {
        await foreach (var batch in store.WatchAsync("/", 0, cancellationToken))
            Assert.Empty(batch.Events);
    }
}
