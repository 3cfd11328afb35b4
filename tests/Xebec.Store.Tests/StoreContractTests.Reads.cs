namespace Xebec.Store.Tests;

public abstract partial class StoreContractTests
{
    [Fact]
    public async Task A_range_holds_the_keys_below_its_prefix_in_byte_order()
    {
        await using var store = await OpenAsync();
        string[] keys =
            ["/pods/b", "/pods/a", "/podsx/a", "/pod", "/pods", "/pods/a/b", "/pods/a-b", "/pods/\uE000", "/pods/\U0001F600", "/z"];
        foreach (var key in keys)
            await store.CreateAsync(key, Value(key));
        Assert.Equal(
            ["/pods/a", "/pods/a-b", "/pods/a/b", "/pods/b", "/pods/\uE000", "/pods/\U0001F600"], await KeysAsync(store, "/pods/"));
        Assert.Equal(keys.Order(Comparer<string>.Create(ModelStore.CompareUtf8)), await KeysAsync(store, ""));
        Assert.Empty(await KeysAsync(store, "/nothing/"));
    }

    [Fact]
    public async Task Pages_of_a_range_follow_each_other_without_gap_or_repeat()
    {
        await using var store = await OpenAsync();
        for (var i = 0; i < 25; i++)
            await store.CreateAsync($"/pods/{i:D2}", Value($"{i}"));
        var keys = new List<string>();
        StoreRange page;
        do
        {
            page = await store.RangeAsync("/pods/", keys.LastOrDefault(), limit: 10, revision: 25);
            keys.AddRange(page.Entries.Select(entry => entry.Key));
            await store.CreateAsync($"/pods/{keys.Count:D2}-later", Value("not at revision 25"));
        }
        while (page.More);
        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"/pods/{i:D2}"), keys);
    }

    [Fact]
    public async Task A_full_last_page_says_that_nothing_follows()
    {
        await using var store = await OpenAsync();
        await store.CreateAsync("/a", Value("1"));
        await store.CreateAsync("/b", Value("2"));
        await store.CreateAsync("/c", Value("3"));
        await store.DeleteAsync("/c", 0);
        Assert.False((await store.RangeAsync("/", limit: 2)).More);
        Assert.True((await store.RangeAsync("/", limit: 1)).More);
        Assert.False((await store.RangeAsync("/", "/a", limit: 1)).More);
    }

    [Fact]
    public async Task Old_revisions_stay_readable_until_compacted()
    {
        await using var store = await OpenAsync();
        await WriteHistoryAsync(store);
        Assert.Equal("/a created=1 modified=1 1", WatchReader.Describe(await store.GetAsync("/a", 2)));
        Assert.Null(await store.GetAsync("/b", 1));
        Assert.Equal(["/a", "/b"], (await store.RangeAsync("/", revision: 3)).Entries.Select(entry => entry.Key));

        await store.CompactAsync(4);
        var error = await Assert.ThrowsAsync<CompactedException>(async () => await store.GetAsync("/a", 3));
        Assert.Equal((3, 4), (error.RequestedRevision, error.CompactedRevision));
        await Assert.ThrowsAsync<CompactedException>(async () => await store.RangeAsync("/", revision: 3));
        Assert.Equal(["/a"], (await store.RangeAsync("/", revision: 4)).Entries.Select(entry => entry.Key));
        Assert.Equal("/a created=1 modified=3 3", WatchReader.Describe(await store.GetAsync("/a", 4)));
        Assert.Equal("/a created=1 modified=3 3", WatchReader.Describe(await store.GetAsync("/a")));
    }

    [Fact]
    public async Task Compacting_backwards_does_nothing_and_into_the_future_fails()
    {
        await using var store = await OpenAsync();
        await WriteHistoryAsync(store);
        await store.CompactAsync(3);
        await store.CompactAsync(1);
        await Assert.ThrowsAsync<CompactedException>(async () => await store.GetAsync("/a", 2));
        await Assert.ThrowsAsync<FutureRevisionException>(async () => await store.CompactAsync(5));
        Assert.NotNull(await store.GetAsync("/a", 3));
    }

    [Fact]
    public async Task A_revision_that_has_not_happened_is_refused()
    {
        await using var store = await OpenAsync();
        await WriteHistoryAsync(store);
        var error = await Assert.ThrowsAsync<FutureRevisionException>(async () => await store.RangeAsync("/", revision: 5));
        Assert.Equal((5, 4), (error.RequestedRevision, error.CurrentRevision));
        await Assert.ThrowsAsync<FutureRevisionException>(async () => await store.GetAsync("/a", 99));
    }

    [Fact]
    public async Task A_range_is_one_consistent_view_while_writes_go_on()
    {
        await using var store = await OpenAsync();
        using var stop = new CancellationTokenSource();
        await store.CreateAsync("/left", Value("0"));
        await store.CreateAsync("/right", Value("0"));
        var writer = Task.Run(() => WritePairsAsync(store, stop.Token));
        for (var i = 0; i < 100; i++)
        {
            var range = await store.RangeAsync("/");
            var (left, right) = (int.Parse(Text(range.Entries[0])), int.Parse(Text(range.Entries[1])));
            Assert.True(left == right || left == right + 1, $"left {left} and right {right} were never there together");
            Assert.True(range.Revision <= await store.GetCurrentRevisionAsync());
        }
        await stop.CancelAsync();
        await writer;
    }

    private static async Task WritePairsAsync(IStore store, CancellationToken stop)
    {
        for (var i = 1; !stop.IsCancellationRequested; i++)
        {
            await store.UpdateAsync("/left", Value($"{i}"), (await store.GetAsync("/left"))!.ModRevision);
            await store.UpdateAsync("/right", Value($"{i}"), (await store.GetAsync("/right"))!.ModRevision);
        }
    }

    private static async Task WriteHistoryAsync(IStore store)
    {
        await store.CreateAsync("/a", Value("1"));
        await store.CreateAsync("/b", Value("2"));
        await store.UpdateAsync("/a", Value("3"), 1);
        await store.DeleteAsync("/b", 0);
    }

    private static async Task<IEnumerable<string>> KeysAsync(IStore store, string prefix) =>
        (await store.RangeAsync(prefix)).Entries.Select(entry => entry.Key);
}
