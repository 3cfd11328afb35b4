namespace Xebec.Bench.Scenarios;

/// <summary>Starts with an empty folder, certificates to be made included.</summary>
internal static class StartScenario
{
    private const int Starts = 5;

    /// <summary>Starts the server several times; the last one stays for what comes after.</summary>
    public static async Task<(StartedServer Server, IEnumerable<Measurement> Rows)> RunAsync(BenchOptions options)
    {
        var starts = new List<StartedServer>();
        var count = options.Includes("start") ? Starts : 0;
        for (var i = 0; i < count; i++)
        {
            await using var server = await StartedServer.StartAsync(options.StartCommand!);
            starts.Add(server);
        }

        return (await StartedServer.StartAsync(options.StartCommand!), starts.Count == 0 ? [] : Rows(starts));
    }

    private static IEnumerable<Measurement> Rows(List<StartedServer> starts)
    {
        var ready = Load.Middle(starts, s => s.ReadyMilliseconds);
        var account = Load.Middle(starts, s => s.ServiceAccountMilliseconds);
        var cpu = Load.Middle(starts, s => s.StartCpuMicroseconds) / 1000;
        var least = starts.Min(s => s.StartCpuMicroseconds) / 1000;
        yield return new Measurement("start to /readyz", $"{ready:F0} ms", "", "", "<= 800 ms", ready <= 800);
        yield return new Measurement("start to the default ServiceAccount", $"{account:F0} ms", $"{cpu:F0} ms (least {least:F0} ms)", "", "<= 1,200 ms", account <= 1200);
    }
}
