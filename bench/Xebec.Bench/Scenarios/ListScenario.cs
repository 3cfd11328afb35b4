using System.Diagnostics;

namespace Xebec.Bench.Scenarios;

/// <summary>What 10,000 ConfigMaps cost in memory, and lists of them: whole and in pages.</summary>
internal static class ListScenario
{
    private const int Objects = 10_000;
    private const int WholeLists = 15;
    private const int PageSize = 500;

    public static async Task<IEnumerable<Measurement>> RunAsync(BenchContext context)
    {
        var rows = new List<Measurement>();
        var ns = context.Namespace + "-list";
        await context.CreateNamespaceAsync(ns);
        if (context.Options.Includes("memory") || context.Options.Includes("list"))
            rows.Add(await FillAsync(context, ns));
        if (!context.Options.Includes("list"))
            return rows;
        using var connection = await ApiConnection.OpenAsync(context.Target);
        rows.Add(await WholeAsync(context, connection, ns, "consistent", ""));
        rows.Add(await WholeAsync(context, connection, ns, "resourceVersion=0", "?resourceVersion=0"));
        rows.Add(await PagesAsync(context, connection, ns));
        return rows;
    }

    private static async Task<Measurement> FillAsync(BenchContext context, string ns)
    {
        var connections = await context.ConnectAsync(64);
        await context.CreateAsync(connections, context.Namespace, "before", 0, Objects);
        await Task.Delay(1500);
        var before = context.Server.ResidentMebibytes;
        await context.CreateAsync(connections, ns, "list", 0, Objects);
        await Task.Delay(1500);
        var grown = context.Server.ResidentMebibytes - before;
        BenchContext.Close(connections);
        return new Measurement(
            "memory of 10,000 more ConfigMaps", $"{grown:F1} MiB", "", "", "<= 25 MiB", context.Server.Known ? grown <= 25 : null);
    }

    private static async Task<Measurement> WholeAsync(BenchContext context, ApiConnection connection, string ns, string name, string query)
    {
        var request = RequestTemplate.Create(context.Target, "GET", BenchContext.ConfigMaps(ns) + query).Fill();
        var rounds = await RoundsAsync(context, WholeLists, () => connection.SendAsync(request).AsTask());
        var (milliseconds, cpu, least) = Medians(rounds);
        return new Measurement(
            $"LIST of 10,000 ({connection.BodyBytes / 1e6:F1} MB), {name}", $"{milliseconds:F1} ms", context.Cpu(cpu, least), "", "<= 20 ms CPU",
            context.Server.Known ? cpu <= 20_000 : null);
    }

    private static async Task<Measurement> PagesAsync(BenchContext context, ApiConnection connection, string ns)
    {
        connection.KeepsBodyStart = true;
        var pages = Objects / PageSize;
        var rounds = await RoundsAsync(context, 5, () => WalkAsync(context, connection, ns));
        var (milliseconds, cpu, least) = Medians(rounds);
        return new Measurement(
            $"LIST limit={PageSize}, a page of {pages}", $"{milliseconds / pages:F2} ms", context.Cpu(cpu / pages, least / pages), "", "<= 2 ms",
            cpu / pages <= 2000 && milliseconds / pages <= 2);
    }

    private static async Task WalkAsync(BenchContext context, ApiConnection connection, string ns)
    {
        var token = "";
        do
        {
            var path = $"{BenchContext.ConfigMaps(ns)}?limit={PageSize}{(token.Length > 0 ? "&continue=" + Uri.EscapeDataString(token) : "")}";
            await connection.SendAsync(RequestTemplate.Create(context.Target, "GET", path).Fill());
            token = Between(connection.BodyStart[..Math.Min(connection.BodyStart.Length, 600)], "\"continue\":\"", "\"");
        }
        while (token.Length > 0);
    }

    private static string Between(string text, string before, string after)
    {
        var start = text.IndexOf(before, StringComparison.Ordinal);
        return start < 0 ? "" : text[(start + before.Length)..text.IndexOf(after, start + before.Length, StringComparison.Ordinal)];
    }

    private static async Task<List<(double Milliseconds, double Cpu)>> RoundsAsync(BenchContext context, int repeat, Func<Task> action)
    {
        var rounds = new List<(double, double)>();
        for (var round = 0; round <= context.Options.Rounds; round++)
        {
            var (cpu, clock) = (context.Server.CpuMicroseconds, Stopwatch.StartNew());
            for (var i = 0; i < repeat; i++)
                await action();
            if (round > 0)
                rounds.Add((clock.Elapsed.TotalMilliseconds / repeat, (context.Server.CpuMicroseconds - cpu) / repeat));
        }

        return rounds;
    }

    private static (double Milliseconds, double Cpu, double LeastCpu) Medians(List<(double Milliseconds, double Cpu)> rounds) =>
        (Load.Middle(rounds, r => r.Milliseconds), Load.Middle(rounds, r => r.Cpu), rounds.Min(r => r.Cpu));
}
