using CsCheck;
using Xebec.Store.Tests;

namespace Xebec.Store.Sqlite.Tests;

/// <summary>What was acknowledged is there after the store was closed and opened again.</summary>
public sealed class PersistenceTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_revision_is_not_used_twice_even_when_its_key_was_deleted_and_compacted()
    {
        await using (var store = await _folder.OpenAsync())
        {
            await store.CreateAsync("/a", new byte[] { 1 });
            await store.DeleteAsync("/a", 0);
            await store.CompactAsync(2);
        }
        await using (var store = await _folder.OpenAsync())
        {
            Assert.Equal(2, await store.GetCurrentRevisionAsync());
            Assert.Equal(3, (await store.CreateAsync("/a", new byte[] { 2 })).Revision);
            await Assert.ThrowsAsync<CompactedException>(async () => await store.GetAsync("/a", 1));
        }
    }

    [Fact]
    public async Task A_watch_reads_history_from_before_the_store_was_opened_and_goes_on_live()
    {
        await using (var store = await _folder.OpenAsync())
        {
            await Task.WhenAll(Enumerable.Range(1, 5000).Select(i => store.CreateAsync($"/{i}", new byte[1]).AsTask()));
        }
        await using (var store = await _folder.OpenAsync())
        {
            var watch = WatchReader.ReadAsync(store, "/", 0, 5001);
            await store.CreateAsync("/live", new byte[1]);
            Assert.Equal(Enumerable.Range(1, 5001).Select(i => (long)i), (await watch).Select(change => change.Revision));
        }
    }

    [Fact]
    public async Task A_watch_slower_than_the_memory_of_recent_changes_misses_none()
    {
        await using var store = await _folder.OpenAsync();
        await store.CreateAsync("/1", new byte[2048]);
        var revisions = new List<long>();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        await foreach (var batch in store.WatchAsync("/", 0, patience.Token))
        {
            revisions.AddRange(batch.Events.Select(change => change.Revision));
            if (batch.Revision >= 12_000)
                break;
            if (batch.Revision == 1)
                await Task.WhenAll(Enumerable.Range(2, 11_999).Select(i => store.CreateAsync($"/{i}", new byte[2048]).AsTask()));
        }
        Assert.Equal(Enumerable.Range(1, 12_000).Select(i => (long)i), revisions);
    }

    [Fact]
    public async Task A_watch_that_falls_behind_the_compaction_is_told()
    {
        await using var store = await _folder.OpenAsync();
        await store.CreateAsync("/0", new byte[1]);
        await using var watch = store.WatchAsync("/", 0).GetAsyncEnumerator();
        Assert.True(await watch.MoveNextAsync());
        await Task.WhenAll(Enumerable.Range(1, 10_000).Select(i => store.CreateAsync($"/{i}", new byte[1]).AsTask()));
        await store.CompactAsync(5000);
        var error = await Assert.ThrowsAsync<CompactedException>(async () => await watch.MoveNextAsync());
        Assert.Equal((1, 5000), (error.RequestedRevision, error.CompactedRevision));
    }

    [Fact]
    public Task Random_operations_with_reopening_come_out_as_in_the_model() => StoreOperation.Sequences.Array[2, 4].SampleAsync(
        async lives =>
        {
            var path = Path.Combine(_folder.Path, $"{Guid.NewGuid()}.db");
            await using var model = new ModelStore();
            foreach (var operations in lives)
            {
                await using var store = await TestFolder.OpenAsync(path);
                foreach (var operation in operations)
                    Assert.Equal(await operation.RunAsync(model), await operation.RunAsync(store));
            }
        },
        iter: 15,
        threads: 1);
}
