namespace Xebec.Bench.Scenarios;

/// <summary>Whether memory stays as it is while objects are updated again and again.</summary>
internal static class FlatScenario
{
    private const int Objects = 2000;
    private const int GrowthMebibytes = 10;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    public static async Task<IEnumerable<Measurement>> RunAsync(BenchContext context)
    {
        var connections = await context.ConnectAsync(64);
        await context.CreateAsync(connections, context.Namespace, "flat", 0, Objects);
        var first = Math.Min(40_000, context.Options.Updates / 2);
        var before = await UpdateAsync(context, connections, first);
        var after = await UpdateAsync(context, connections, context.Options.Updates - first);
        BenchContext.Close(connections);
        return
        [
            new Measurement(
                $"memory after {first:N0} updates; growth to {context.Options.Updates:N0}", $"{before:F0} MiB; {after - before:F1} MiB", "", "",
                $"flat (<= {GrowthMebibytes} MiB)", context.Server.Known ? after - before <= GrowthMebibytes : null),
        ];
    }

    private static async Task<double> UpdateAsync(BenchContext context, ApiConnection[] connections, int count)
    {
        var path = $"{BenchContext.ConfigMaps(context.Namespace)}/flat-{RequestTemplate.Number}";
        var template = RequestTemplate.Create(context.Target, "PUT", path, BenchContext.ConfigMap("flat"));
        await Load.RunAsync(connections, count, _ => Requests(template.Copy()), context.Server);
        await Task.Delay(Settling);
        return context.Server.ResidentMebibytes;
    }

    private static Func<int, ReadOnlyMemory<byte>> Requests(RequestTemplate template) => i => template.Fill(i % Objects, i + 1);
}
