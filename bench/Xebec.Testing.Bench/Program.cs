using System.Globalization;
using Xebec.Testing;
using Xebec.Testing.Bench;

// dotnet run -c Release --project bench/Xebec.Testing.Bench [later starts]
var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20;
var load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "?";
Console.WriteLine($"{Environment.ProcessorCount} cores, load average {load} before, .NET {Environment.Version}");
Console.WriteLine();
Console.WriteLine("| start of | starts | least ms | median ms | most ms | median CPU ms | median stop ms |");
Console.WriteLine("|---|---|---|---|---|---|---|");
foreach (var (what, times, start) in Rows())
    Console.WriteLine(await new StartTimes(what, times, start).RunAsync());

IEnumerable<(string What, int Times, Func<Task<IAsyncDisposable>> Start)> Rows()
{
    yield return ("the process's first cluster", 1, () => ClusterAsync(new()));
    yield return ("the second", 1, () => ClusterAsync(new()));
    yield return ("a later one", count, () => ClusterAsync(new()));
    yield return ("a later one without controllers", count, () => ClusterAsync(new() { Controllers = false }));
    yield return ("a later one with a kubeconfig (port, certificates)", count, KubeconfigAsync);
    yield return ("a later one with 3 ready nodes", count, () => ClusterAsync(new() { Nodes = 3 }));
    yield return ("8 later ones at once", Math.Max(1, count / 4), () => ManyAsync(8));
}

static async Task<IAsyncDisposable> ClusterAsync(TestClusterOptions options) => await TestCluster.StartAsync(options);

static async Task<IAsyncDisposable> KubeconfigAsync()
{
    var cluster = await TestCluster.StartAsync();
    _ = cluster.Kubeconfig;
    return cluster;
}

static async Task<IAsyncDisposable> ManyAsync(int count) =>
    new Several(await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(() => TestCluster.StartAsync()))));
