using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Xebec.Store.Sqlite;

namespace Xebec.Store.Bench;

/// <summary>How long opening takes: a new file, and the file of the largest load before.</summary>
internal static class OpenTimes
{
    public static async Task PrintAsync(string folder)
    {
        Console.WriteLine();
        Console.WriteLine($"open a new file: {await OpenMillisecondsAsync(Path.Combine(folder, "new.db")):F1} ms");
        var largest = new DirectoryInfo(folder).GetFiles("*.db").MaxBy(file => file.Length)!;
        Console.WriteLine($"open {largest.Length >> 20} MiB: {await OpenMillisecondsAsync(largest.FullName):F1} ms");
        await using var store = await SqliteStore.OpenAsync(
            new SqliteStoreOptions { Path = largest.FullName }, TimeProvider.System, NullLogger.Instance);
        var clock = Stopwatch.StartNew();
        var range = await store.RangeAsync("/registry/", limit: 10_000);
        Console.WriteLine($"range of {range.Entries.Count}: {clock.Elapsed.TotalMilliseconds:F1} ms");
    }

    private static async Task<double> OpenMillisecondsAsync(string path)
    {
        var clock = Stopwatch.StartNew();
        await using var store = await SqliteStore.OpenAsync(
            new SqliteStoreOptions { Path = path }, TimeProvider.System, NullLogger.Instance);
        return clock.Elapsed.TotalMilliseconds;
    }
}
