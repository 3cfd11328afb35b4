using System.Diagnostics;
using System.Globalization;
using Xebec.Store.Tests;

namespace Xebec.Store.Sqlite.Tests.Faults;

/// <summary>Nothing acknowledged is lost, and no revision is given twice, wherever the process or the log ends.</summary>
public sealed class CrashTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_acknowledged_write_survives_kill_9()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var acknowledged = new Dictionary<long, string>();
        for (var life = 0; life < 5; life++)
        {
            foreach (var (revision, key) in await RunAndKillAsync(random.Next(1, 2500)))
                Assert.True(acknowledged.TryAdd(revision, key), $"seed {seed}: revision {revision} was given twice");
            await CheckAsync(acknowledged, seed);
        }
    }

    [Fact]
    public async Task A_log_that_ends_anywhere_is_a_prefix_of_the_history()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        await using var model = new ModelStore();
        await using var store = await _folder.OpenAsync();
        for (var i = 0; i < 60; i++)
        {
            var operation = new StoreOperation(random.Next(0, 10), random.Next(0, 7), random.Next(0, 5), i);
            Assert.Equal(await operation.RunAsync(model), await operation.RunAsync(store));
        }
        var history = await WatchReader.ReadAsync(model, "", 0, await model.GetCurrentRevisionAsync());
        var events = history.Select(WatchReader.Describe).ToList();
        var seen = new HashSet<long>();
        for (var cut = 0; cut < 40; cut++)
            seen.Add(await CheckCutAsync(random, events, $"seed {seed}, cut {cut}"));
        Assert.True(seen.Count > 5, $"seed {seed}: the cuts hit only {seen.Count} different revisions");
    }

    // Nothing writes while the files are copied, so the copy is what a power cut at a shorter log would have left.
    private async Task<long> CheckCutAsync(Random random, List<string> events, string what)
    {
        var path = Path.Combine(_folder.Path, $"{Guid.NewGuid()}.db");
        File.Copy(_folder.StorePath, path);
        File.Copy(_folder.StorePath + "-wal", path + "-wal");
        using (var log = File.OpenWrite(path + "-wal"))
            log.SetLength(random.NextInt64(log.Length));
        await using var store = await TestFolder.OpenAsync(path);
        var revision = await store.GetCurrentRevisionAsync();
        if (revision > 0)
        {
            var left = (await WatchReader.ReadAsync(store, "", 0, revision)).Select(WatchReader.Describe);
            Assert.True(events.Take((int)revision).SequenceEqual(left), what);
        }
        Assert.Equal(revision + 1, (await store.CreateAsync("/after-the-cut", new byte[1])).Revision);
        return revision;
    }

    private async Task<List<(long Revision, string Key)>> RunAndKillAsync(int writes)
    {
        using var child = ChildProcess.Start(CrashingChild.Argument, _folder.StorePath);
        var lines = new List<(long, string)>();
        try
        {
            while (lines.Count < writes && await child.StandardOutput.ReadLineAsync() is { } line)
                lines.Add(Parse(line));
        }
        finally
        {
            child.Kill();
        }
        while (await child.StandardOutput.ReadLineAsync() is { } line && line.EndsWith('.'))
            lines.Add(Parse(line));
        await child.WaitForExitAsync();
        return lines;
    }

    private async Task CheckAsync(Dictionary<long, string> acknowledged, int seed)
    {
        await using var store = await _folder.OpenAsync();
        var current = await store.GetCurrentRevisionAsync();
        Assert.True(acknowledged.Keys.Max() <= current, $"seed {seed}: acknowledged {acknowledged.Keys.Max()}, found {current}");
        var newest = acknowledged.GroupBy(pair => pair.Value, pair => pair.Key).ToDictionary(group => group.Key, group => group.ToList());
        var live = (await store.RangeAsync("/")).Entries.ToDictionary(entry => entry.Key, entry => entry.ModRevision);
        foreach (var (key, revisions) in newest)
        {
            var deleted = (int.Parse(key[(key.LastIndexOf('/') + 1)..], CultureInfo.InvariantCulture) % 5) == 4;
            if (!deleted)
                Assert.True(live.GetValueOrDefault(key) == revisions.Single(), $"seed {seed}: {key} of revision {revisions[0]} is lost");
            else if (revisions.Count == 2)
                Assert.False(live.ContainsKey(key), $"seed {seed}: the deletion of {key} is lost");
        }
    }

    private static (long Revision, string Key) Parse(string line)
    {
        var space = line.IndexOf(' ');
        return (long.Parse(line.AsSpan(0, space), CultureInfo.InvariantCulture), line[(space + 1)..^1]);
    }
}
