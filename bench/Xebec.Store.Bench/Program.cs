using Microsoft.Extensions.Logging.Abstractions;
using Xebec.Store.Bench;
using Xebec.Store.Sqlite;

// dotnet run -c Release --project bench/Xebec.Store.Bench [folder] [seconds a row]
var folder = Path.Combine(args.Length > 0 ? args[0] : Path.GetTempPath(), $"xebec-store-bench-{Environment.ProcessId}");
var seconds = args.Length > 1 ? int.Parse(args[1]) : 5;
Directory.CreateDirectory(folder);
try
{
    Console.WriteLine("| what | writers | writes/s | CPU us/write | of it system | bytes allocated/write | p50 ms | p99 ms |");
    Console.WriteLine("|---|---|---|---|---|---|---|---|");
    foreach (var update in (bool[])[false, true])
    {
        foreach (var writers in (int[])[1, 8, 64])
        {
            var options = new SqliteStoreOptions { Path = Path.Combine(folder, $"{update}-{writers}.db") };
            await using var store = await SqliteStore.OpenAsync(options, TimeProvider.System, NullLogger.Instance);
            Console.WriteLine(await new WriteLoad(store, writers, update).RunAsync(TimeSpan.FromSeconds(seconds)));
        }
    }
    await OpenTimes.PrintAsync(folder);
}
finally
{
    Directory.Delete(folder, recursive: true);
}
