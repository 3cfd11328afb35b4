using System.Text;

namespace Xebec.Store.Tests;

/// <summary>What every store must do, whatever it is made of: derive from this and say how one is opened.</summary>
public abstract partial class StoreContractTests
{
    /// <summary>Opens an empty store; the test disposes it.</summary>
    protected abstract Task<IStore> OpenAsync();

    [Fact]
    public async Task An_empty_store_is_at_revision_0()
    {
        await using var store = await OpenAsync();
        Assert.Equal(0, await store.GetCurrentRevisionAsync());
        Assert.Null(await store.GetAsync("/registry/pods/a"));
        var range = await store.RangeAsync("");
        Assert.Equal((0, 0, false), (range.Revision, range.Entries.Count, range.More));
    }

    [Fact]
    public async Task Revisions_go_up_by_one_over_all_keys()
    {
        await using var store = await OpenAsync();
        Assert.Equal(1, (await store.CreateAsync("/a", Value("1"))).Revision);
        Assert.Equal(2, (await store.CreateAsync("/b", Value("2"))).Revision);
        Assert.Equal(3, (await store.UpdateAsync("/a", Value("3"), 1)).Revision);
        Assert.Equal(4, (await store.DeleteAsync("/b", 2)).Revision);
        Assert.Equal(4, await store.GetCurrentRevisionAsync());
        Assert.Equal("/a created=1 modified=3 3", WatchReader.Describe(await store.GetAsync("/a")));
    }

    [Fact]
    public async Task Creating_a_key_that_exists_fails_and_shows_it()
    {
        await using var store = await OpenAsync();
        await store.CreateAsync("/a", Value("old"));
        var result = await store.CreateAsync("/a", Value("new"));
        Assert.Equal((false, 1), (result.Succeeded, result.Revision));
        Assert.Equal("/a created=1 modified=1 old", WatchReader.Describe(result.Current));
        Assert.Equal(1, await store.GetCurrentRevisionAsync());
    }

    [Fact]
    public async Task Updating_from_a_stale_revision_fails_and_shows_the_newer_one()
    {
        await using var store = await OpenAsync();
        await store.CreateAsync("/a", Value("1"));
        await store.UpdateAsync("/a", Value("2"), 1);
        var result = await store.UpdateAsync("/a", Value("3"), 1);
        Assert.Equal((false, 2), (result.Succeeded, result.Revision));
        Assert.Equal("/a created=1 modified=2 2", WatchReader.Describe(result.Current));
    }

    [Fact]
    public async Task Updating_or_deleting_a_missing_key_fails_with_revision_0()
    {
        await using var store = await OpenAsync();
        await store.CreateAsync("/other", Value("1"));
        Assert.Equal(new WriteResult(false, 0, null), await store.UpdateAsync("/a", Value("x"), 0));
        Assert.Equal(new WriteResult(false, 0, null), await store.UpdateAsync("/a", Value("x"), 1));
        Assert.Equal(new WriteResult(false, 0, null), await store.DeleteAsync("/a", 0));
    }

    [Fact]
    public async Task Deleting_answers_with_what_was_removed_and_the_event_carries_the_final_value()
    {
        await using var store = await OpenAsync();
        await store.CreateAsync("/a", Value("stored"));
        var stale = await store.DeleteAsync("/a", 7);
        Assert.Equal((false, 1), (stale.Succeeded, stale.Revision));
        var result = await store.DeleteAsync("/a", 1, Value("final"));
        Assert.Equal((true, 2), (result.Succeeded, result.Revision));
        Assert.Equal("/a created=1 modified=1 stored", WatchReader.Describe(result.Current));
        await store.CreateAsync("/a", Value("again"));
        await store.DeleteAsync("/a", 0);
        Assert.Equal(
            [
                "1 Created /a created=1 stored",
                "2 Deleted /a created=1 final",
                "3 Created /a created=3 again",
                "4 Deleted /a created=3 again",
            ],
            (await WatchReader.ReadAsync(store, "/", 0, 4)).Select(WatchReader.Describe));
    }

    [Fact]
    public async Task Empty_and_large_values_come_back_as_they_were()
    {
        await using var store = await OpenAsync();
        var large = new byte[3 << 20];
        new Random(42).NextBytes(large);
        await store.CreateAsync("/empty", ReadOnlyMemory<byte>.Empty);
        await store.CreateAsync("/large", large);
        Assert.Equal(0, (await store.GetAsync("/empty"))!.Value.Length);
        Assert.True((await store.GetAsync("/large"))!.Value.Span.SequenceEqual(large));
    }

    [Fact]
    public async Task One_of_many_concurrent_creates_of_a_key_wins()
    {
        await using var store = await OpenAsync();
        var writes = Enumerable.Range(0, 32).Select(i => Task.Run(() => store.CreateAsync("/a", Value($"{i}")).AsTask()));
        var results = await Task.WhenAll(writes);
        var winner = Assert.Single(results, result => result.Succeeded);
        Assert.Equal(1, winner.Revision);
        Assert.All(results, result => Assert.Equal(1, result.Revision));
    }

    [Fact]
    public async Task Concurrent_increments_lose_none()
    {
        await using var store = await OpenAsync();
        await store.CreateAsync("/counter", Value("0"));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => IncrementAsync(store, 25))));
        Assert.Equal("200", Text(await store.GetAsync("/counter")));
    }

    [Fact]
    public async Task A_cancelled_write_does_nothing()
    {
        await using var store = await OpenAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await store.CreateAsync("/a", Value("x"), new CancellationToken(canceled: true)));
        Assert.Equal(0, await store.GetCurrentRevisionAsync());
    }

    [Fact]
    public async Task A_closed_store_says_so()
    {
        var store = await OpenAsync();
        await store.CreateAsync("/a", Value("x"));
        await store.DisposeAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.CreateAsync("/b", Value("x")));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.GetAsync("/a"));
    }

    private static async Task IncrementAsync(IStore store, int times)
    {
        for (var done = 0; done < times;)
        {
            var current = await store.GetAsync("/counter");
            var next = Value($"{int.Parse(Text(current)) + 1}");
            if ((await store.UpdateAsync("/counter", next, current!.ModRevision)).Succeeded)
                done++;
        }
    }

    private static ReadOnlyMemory<byte> Value(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(StoreEntry? entry) => Encoding.UTF8.GetString(entry!.Value.Span);
}
