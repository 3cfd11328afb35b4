using System.Diagnostics;

namespace Xebec.Bench.Scenarios;

/// <summary>Fan-out: every one of 100 watchers sees every one of 1,000 writes.</summary>
internal static class WatchScenario
{
    private const int Watchers = 100;
    private const int Writers = 8;
    private const int Writes = 1000;

    public static async Task<IEnumerable<Measurement>> RunAsync(BenchContext context)
    {
        var ns = context.Namespace + "-watch";
        await context.CreateNamespaceAsync(ns);
        var writers = await context.ConnectAsync(Writers);
        var watchers = new List<Watcher>();
        for (var i = 0; i < Watchers; i++)
            watchers.Add(await Watcher.OpenAsync(context.Target, BenchContext.ConfigMaps(ns) + "?watch=true&timeoutSeconds=300"));
        var rounds = new List<Load>();
        for (var round = 0; round <= context.Options.Rounds; round++)
        {
            var load = await RoundAsync(context, ns, writers, watchers, round);
            if (round > 0)
                rounds.Add(load);
        }

        watchers.ForEach(w => w.Dispose());
        BenchContext.Close(writers);
        return [Row(context, Load.Median(rounds))];
    }

    private static async Task<Load> RoundAsync(BenchContext context, string ns, ApiConnection[] writers, List<Watcher> watchers, int round)
    {
        var template = RequestTemplate.Create(context.Target, "POST", BenchContext.ConfigMaps(ns), BenchContext.ConfigMap($"watch-{round}"));
        var (cpu, clock) = (context.Server.CpuMicroseconds, Stopwatch.StartNew());
        var reading = watchers.Select(w => Task.Run(() => w.ReadAsync(Writes))).ToArray();
        await Load.RunAsync(writers, Writes, _ => Requests(template.Copy()), context.Server);
        await Task.WhenAll(reading).WaitAsync(TimeSpan.FromSeconds(60));
        var elapsed = clock.Elapsed.TotalSeconds;
        cpu = context.Server.CpuMicroseconds - cpu;
        var latencies = watchers.SelectMany(w => w.Latencies).Order().ToArray();
        return new Load(latencies.Length / elapsed, cpu / latencies.Length, latencies[latencies.Length / 2], latencies[latencies.Length * 99 / 100]);
    }

    private static Func<int, ReadOnlyMemory<byte>> Requests(RequestTemplate template) => i => template.Fill(i, Stopwatch.GetTimestamp());

    private static Measurement Row(BenchContext context, Load load) => new(
        $"watch fan-out, {Watchers} watchers x {Writes:N0} writes", $"{load.PerSecond:N0} deliveries/s", context.Cpu(load),
        $"{load.P50Milliseconds:F1} / {load.P99Milliseconds:F1} ms", ">= 200,000/s, <= 6 us, p99 < 50 ms",
        load.PerSecond >= 200_000 && load.CpuMicroseconds <= 6 && load.P99Milliseconds < 50);
}
