namespace Xebec.Bench.Scenarios;

/// <summary>Durable creates of 1 KiB ConfigMaps.</summary>
internal static class CreateScenario
{
    private static readonly (int Connections, int Count)[] Steps = [(1, 400), (8, 3000), (64, 8000)];

    public static async Task<IEnumerable<Measurement>> RunAsync(BenchContext context)
    {
        var rows = new List<Measurement>();
        var connections = await context.ConnectAsync(64);
        await context.CreateAsync(connections, context.Namespace, "warm", 0, 8000);
        foreach (var (width, count) in Steps)
        {
            var rounds = new List<Load>();
            for (var round = 0; round < context.Options.Rounds; round++)
                rounds.Add(await context.CreateAsync(connections[..width], context.Namespace, $"create-{width}", round * count, count));
            rows.Add(Row(context, width, Load.Median(rounds)));
        }

        BenchContext.Close(connections);
        return rows;
    }

    private static Measurement Row(BenchContext context, int width, Load load) => new(
        $"durable create, {width} connection{(width == 1 ? "" : "s")}", $"{load.PerSecond:N0}/s", context.Cpu(load),
        $"{load.P50Milliseconds:F2} / {load.P99Milliseconds:F1} ms", width == 64 ? "<= 100 us, >= 9,000/s" : "",
        width == 64 ? load.CpuMicroseconds <= 100 && load.PerSecond >= 9000 : null);
}
