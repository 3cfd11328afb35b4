using System.Diagnostics;

namespace Xebec.Store.Bench;

/// <summary>Writers that each write 1 KiB values one after the other, with one watch on everything.</summary>
internal sealed class WriteLoad(IStore store, int writers, bool update)
{
    private const int ValueBytes = 1024;

    public async Task<string> RunAsync(TimeSpan duration)
    {
        using var watching = new CancellationTokenSource();
        var watch = WatchAsync(watching.Token);
        await RunWritersAsync(TimeSpan.FromSeconds(1), "warm");
        var (cpu, system) = CpuTime();
        var allocated = GC.GetTotalAllocatedBytes();
        var clock = Stopwatch.StartNew();
        var times = await RunWritersAsync(duration, "run");
        var elapsed = clock.Elapsed;
        (cpu, system) = (CpuTime().Total - cpu, CpuTime().System - system);
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        watching.Cancel();
        await watch;
        times.Sort();
        return $"| {(update ? "update" : "create")} | {writers} | {times.Count / elapsed.TotalSeconds:F0} "
            + $"| {cpu.TotalMicroseconds / times.Count:F1} | {system.TotalMicroseconds / times.Count:F1} | {allocated / times.Count} "
            + $"| {Milliseconds(times[times.Count / 2]):F2} | {Milliseconds(times[times.Count * 99 / 100]):F2} |";
    }

    private static (TimeSpan Total, TimeSpan System) CpuTime()
    {
        using var process = Process.GetCurrentProcess();
        return (process.TotalProcessorTime, process.PrivilegedProcessorTime);
    }

    private static double Milliseconds(long ticks) => ticks * 1000.0 / Stopwatch.Frequency;

    private async Task<List<long>> RunWritersAsync(TimeSpan duration, string name)
    {
        var end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var all = await Task.WhenAll(Enumerable.Range(0, writers).Select(i => Task.Run(() => WriteAsync(name, i, end))));
        return all.SelectMany(times => times).ToList();
    }

    private async Task<List<long>> WriteAsync(string name, int writer, long end)
    {
        var times = new List<long>();
        var revision = 0L;
        for (var i = 0; Stopwatch.GetTimestamp() < end; i++)
        {
            var value = new byte[ValueBytes];
            var start = Stopwatch.GetTimestamp();
            var key = $"/registry/configmaps/namespace-{writer}/{name}-{(update ? 0 : i)}";
            var result = update && i > 0 ? await store.UpdateAsync(key, value, revision) : await store.CreateAsync(key, value);
            times.Add(Stopwatch.GetTimestamp() - start);
            revision = result.Succeeded ? result.Revision : throw new InvalidOperationException($"{key}: the guard failed");
        }
        return times;
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var batch in store.WatchAsync("/registry/", 0, cancellationToken))
                _ = batch.Events.Count;
        }
        catch (OperationCanceledException)
        {
        }
    }
}
