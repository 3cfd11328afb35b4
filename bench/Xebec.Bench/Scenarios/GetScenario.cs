namespace Xebec.Bench.Scenarios;

/// <summary>GET of single objects, proven fresh and from the cache.</summary>
internal static class GetScenario
{
    private const int Objects = 500;
    private const int Count = 20_000;

    public static async Task<IEnumerable<Measurement>> RunAsync(BenchContext context)
    {
        var connections = await context.ConnectAsync(64);
        await context.CreateAsync(connections, context.Namespace, "get", 0, Objects);
        var rows = new List<Measurement>
        {
            await MeasureAsync(context, connections, "GET, consistent", ""),
            await MeasureAsync(context, connections, "GET, resourceVersion=0", "?resourceVersion=0"),
        };
        BenchContext.Close(connections);
        return rows;
    }

    private static async Task<Measurement> MeasureAsync(BenchContext context, ApiConnection[] connections, string name, string query)
    {
        var path = $"{BenchContext.ConfigMaps(context.Namespace)}/get-{RequestTemplate.Number}{query}";
        var template = RequestTemplate.Create(context.Target, "GET", path);
        var rounds = new List<Load>();
        for (var round = 0; round <= context.Options.Rounds; round++)
        {
            var load = await Load.RunAsync(connections, Count, _ => Requests(template.Copy()), context.Server);
            if (round > 0)
                rounds.Add(load);
        }

        var median = Load.Median(rounds);
        return new Measurement(
            name + ", 64 connections", $"{median.PerSecond:N0}/s", context.Cpu(median),
            $"{median.P50Milliseconds:F2} / {median.P99Milliseconds:F1} ms", "<= 35 us, >= 30,000/s",
            median.CpuMicroseconds <= 35 && median.PerSecond >= 30_000);
    }

    private static Func<int, ReadOnlyMemory<byte>> Requests(RequestTemplate template) => i => template.Fill(i % Objects);
}
