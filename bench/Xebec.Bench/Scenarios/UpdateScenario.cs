namespace Xebec.Bench.Scenarios;

/// <summary>PUT of single objects without a resourceVersion, each object by one connection at a time.</summary>
internal static class UpdateScenario
{
    private const int Count = 6000;

    public static async Task<IEnumerable<Measurement>> RunAsync(BenchContext context)
    {
        var connections = await context.ConnectAsync(64);
        await context.CreateAsync(connections, context.Namespace, "update", 0, Count);
        var path = $"{BenchContext.ConfigMaps(context.Namespace)}/update-{RequestTemplate.Number}";
        var template = RequestTemplate.Create(context.Target, "PUT", path, BenchContext.ConfigMap("update"));
        var rounds = new List<Load>();
        for (var round = 0; round <= context.Options.Rounds; round++)
        {
            var stamp = round + 1;
            var load = await Load.RunAsync(connections, Count, _ => Requests(template.Copy(), stamp), context.Server);
            if (round > 0)
                rounds.Add(load);
        }

        BenchContext.Close(connections);
        var median = Load.Median(rounds);
        return
        [
            new Measurement(
                "durable update, 64 connections", $"{median.PerSecond:N0}/s", context.Cpu(median),
                $"{median.P50Milliseconds:F2} / {median.P99Milliseconds:F1} ms"),
        ];
    }

    private static Func<int, ReadOnlyMemory<byte>> Requests(RequestTemplate template, long stamp) => i => template.Fill(i, stamp);
}
