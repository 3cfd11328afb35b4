using Microsoft.Extensions.Time.Testing;

namespace Xebec.Store.Sqlite.Tests;

/// <summary>History is forgotten by itself after five minutes, and its space is given back.</summary>
public sealed class CompactionTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task About_five_minutes_of_history_are_kept()
    {
        await using var store = await _folder.OpenAsync(_time);
        await store.CreateAsync("/a", new byte[] { 1 });
        AdvanceMinutes(1);
        await store.UpdateAsync("/a", new byte[] { 2 }, 1);
        AdvanceMinutes(4);
        await store.UpdateAsync("/a", new byte[] { 3 }, 2);
        Assert.NotNull(await store.GetAsync("/a", 1));

        AdvanceMinutes(2);
        await store.CreateAsync("/behind-the-compaction", new byte[1]);
        await Assert.ThrowsAsync<CompactedException>(async () => await store.GetAsync("/a", 1));
        Assert.Equal(2, (await store.GetAsync("/a", 2))!.Value.Span[0]);
        Assert.Equal(3, (await store.GetAsync("/a"))!.Value.Span[0]);
    }

    [Fact]
    public async Task A_store_at_rest_keeps_its_newest_revision_readable()
    {
        await using var store = await _folder.OpenAsync(_time);
        await store.CreateAsync("/a", new byte[] { 1 });
        AdvanceMinutes(60);
        Assert.NotNull(await store.GetAsync("/a", 1));
    }

    [Fact]
    public async Task The_file_shrinks_after_much_was_deleted()
    {
        await using var store = await _folder.OpenAsync(_time);
        await Task.WhenAll(Enumerable.Range(0, 4000).Select(i => store.CreateAsync($"/{i}", new byte[8192]).AsTask()));
        await Task.WhenAll(Enumerable.Range(0, 4000).Select(i => store.DeleteAsync($"/{i}", 0, new byte[1]).AsTask()));
        await WriteUntilFileAsync(store, length => length > 32 << 20);
        AdvanceMinutes(7);
        await WriteUntilFileAsync(store, length => length < 16 << 20);
    }

    [Fact]
    public async Task A_key_updated_for_long_does_not_grow_the_file()
    {
        await using var store = await _folder.OpenAsync(_time);
        var revision = (await store.CreateAsync("/lease", new byte[4096])).Revision;
        for (var i = 0; i < 8000; i++)
        {
            revision = (await store.UpdateAsync("/lease", new byte[4096], revision)).Revision;
            if (i % 20 == 0)
                AdvanceMinutes(1);
        }
        Assert.InRange(new FileInfo(_folder.StorePath).Length, 1, 8 << 20);
    }

    // Minute by minute, as the timer ticks: one large step would show each tick the time at its end.
    private void AdvanceMinutes(int minutes)
    {
        for (var minute = 0; minute < minutes; minute++)
            _time.Advance(TimeSpan.FromMinutes(1));
    }

    // Each write lets the writer do at least one step of its maintenance, so a bounded number of them must be enough.
    private async Task WriteUntilFileAsync(SqliteStore store, Func<long, bool> reached)
    {
        var revision = (await store.CreateAsync($"/probe-{Guid.NewGuid()}", new byte[1])).Revision;
        var key = (await store.RangeAsync("/probe-")).Entries.Single(entry => entry.ModRevision == revision).Key;
        for (var i = 0; i < 3000 && !reached(new FileInfo(_folder.StorePath).Length); i++)
            revision = (await store.UpdateAsync(key, new byte[8192], revision)).Revision;
        Assert.True(reached(new FileInfo(_folder.StorePath).Length), $"the file has {new FileInfo(_folder.StorePath).Length} bytes");
    }
}
