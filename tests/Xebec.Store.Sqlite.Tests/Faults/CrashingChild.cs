using System.Globalization;

namespace Xebec.Store.Sqlite.Tests.Faults;

/// <summary>A child process that writes from eight tasks, compacts, and prints each acknowledged write, until it is killed.</summary>
internal static class CrashingChild
{
    public const string Argument = "--write-until-killed";

    private static readonly Lock Gate = new();

    public static async Task<int> WriteUntilKilledAsync(string path)
    {
        await using var store = await TestFolder.OpenAsync(path);
        var life = Guid.NewGuid().ToString("N");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() => WriteAsync(store, $"/{life}/{writer}"))));
        return 0;
    }

    private static async Task WriteAsync(SqliteStore store, string prefix)
    {
        for (var i = 0; ; i++)
        {
            var key = $"{prefix}/{i}";
            Acknowledge(key, (await store.CreateAsync(key, new byte[700])).Revision);
            if (i % 5 == 4)
                Acknowledge(key, (await store.DeleteAsync(key, 0)).Revision);
            if (i % 50 == 49)
                await store.CompactAsync(await store.GetCurrentRevisionAsync() - 20);
        }
    }

    private static void Acknowledge(string key, long revision)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{revision} {key}.\n");
        lock (Gate)
        {
            Console.Out.Write(line);
            Console.Out.Flush();
        }
    }
}
