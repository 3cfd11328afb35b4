using System.Text;
using CsCheck;

namespace Xebec.Store.Tests;

/// <summary>One random step of a model check: done to two stores, it must come out the same.</summary>
/// <param name="Kind">Which call.</param>
/// <param name="Key">Index of the key; few, so that they collide.</param>
/// <param name="Back">How far before the current revision it reads, guards or compacts.</param>
/// <param name="Number">The value written, the limit of a range.</param>
public sealed record StoreOperation(int Kind, int Key, int Back, int Number)
{
    private static readonly string[] Keys = ["/a", "/a/b", "/a/b/c", "/b", "/b/\uFFFD", "/b/\U0001F600", "/c"];
    private static readonly string[] Prefixes = ["", "/", "/a", "/a/", "/b/", "/b", "/none"];

    /// <summary>A list of steps.</summary>
    public static Gen<StoreOperation[]> Sequences { get; } =
        Gen.Select(Gen.Int[0, 15], Gen.Int[0, Keys.Length - 1], Gen.Int[0, 12], Gen.Int[0, 9], (kind, key, back, number) =>
            new StoreOperation(kind, key, back, number)).Array[1, 120];

    /// <summary>Does the step and describes the outcome, with everything an observer can tell.</summary>
    public async Task<string> RunAsync(IStore store)
    {
        try
        {
            return await CallAsync(store);
        }
        catch (Exception e) when (e is CompactedException or FutureRevisionException)
        {
            return $"{e.GetType().Name}: {e.Message}";
        }
    }

    private async Task<string> CallAsync(IStore store)
    {
        var (key, current) = (Keys[Key], await store.GetCurrentRevisionAsync());
        var value = Encoding.UTF8.GetBytes($"{Number} at {current}");
        var revision = Math.Max(0, current - Back + 2);
        return Kind switch
        {
            <= 3 => Describe(await store.CreateAsync(key, value)),
            <= 6 => Describe(await store.UpdateAsync(key, value, await LastWriteAsync(store, key))),
            7 => Describe(await store.UpdateAsync(key, value, revision)),
            8 => Describe(await store.DeleteAsync(key, 0)),
            9 => Describe(await store.DeleteAsync(key, await LastWriteAsync(store, key), value)),
            10 => WatchReader.Describe(await store.GetAsync(key, revision)),
            11 => Describe(await store.RangeAsync(Prefixes[Key])),
            12 => Describe(await store.RangeAsync(Prefixes[Key], Keys[Number % Keys.Length], Number % 3, revision)),
            13 => await CompactAsync(store, Math.Max(0, current - (Back * 3))),
            _ => await WatchAsync(store, Prefixes[Key], Math.Max(0, current - (Back * 2)), current),
        };
    }

    private static async Task<long> LastWriteAsync(IStore store, string key) => (await store.GetAsync(key))?.ModRevision ?? 0;

    private static async Task<string> CompactAsync(IStore store, long revision)
    {
        await store.CompactAsync(revision);
        return $"compacted to {revision}";
    }

    private static async Task<string> WatchAsync(IStore store, string prefix, long after, long through) => after == through
        ? "nothing to watch"
        : string.Join('\n', (await WatchReader.ReadAsync(store, prefix, after, through)).Select(WatchReader.Describe));

    private static string Describe(WriteResult result) => $"{result.Succeeded} {result.Revision} {WatchReader.Describe(result.Current)}";

    private static string Describe(StoreRange range) =>
        $"{range.Revision} {range.More}\n{string.Join('\n', range.Entries.Select(WatchReader.Describe))}";
}
