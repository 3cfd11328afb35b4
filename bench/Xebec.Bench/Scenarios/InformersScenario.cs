using System.Diagnostics;

namespace Xebec.Bench.Scenarios;

/// <summary>Memory while 100 informers stream the same 400 Secrets of 1 MB at once (sendInitialEvents).</summary>
internal static class InformersScenario
{
    private const int Informers = 100;
    private const int Secrets = 400;
    private const int SecretBytes = 750_000;
    private const int BudgetMebibytes = 1536;

    public static async Task<IEnumerable<Measurement>> RunAsync(BenchContext context)
    {
        var ns = context.Namespace + "-informers";
        await context.CreateNamespaceAsync(ns);
        await FillAsync(context, ns);
        var path = $"/api/v1/namespaces/{ns}/secrets?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";
        var request = RequestTemplate.Create(context.Target, "GET", path).Fill();
        var connections = await context.ConnectAsync(Informers);
        var clock = Stopwatch.StartNew();
        using var done = new CancellationTokenSource();
        var peak = PeakAsync(context.Server, done.Token);
        var read = await Task.WhenAll(connections.Select(c => Task.Run(() => StreamAsync(c, request, context.Options.InformerBytes))));
        await done.CancelAsync();
        BenchContext.Close(connections);
        var mebibytes = await peak;
        var what = $"{Informers} streaming informers of {Secrets} Secrets of 1 MB, {read.Sum() / 1e9:F1} GB read in {clock.Elapsed.TotalSeconds:F0} s";
        return [new Measurement(what, $"{mebibytes:F0} MiB at most", "", "", "<= 1,536 MiB", context.Server.Known ? mebibytes <= BudgetMebibytes : null)];
    }

    private static async Task FillAsync(BenchContext context, string ns)
    {
        var body = $$$"""
            {"kind":"Secret","apiVersion":"v1","metadata":{"name":"large-{{{RequestTemplate.Number}}}"},
            "data":{"value":"{{{Convert.ToBase64String(new byte[SecretBytes])}}}"}}
            """;
        var template = RequestTemplate.Create(context.Target, "POST", $"/api/v1/namespaces/{ns}/secrets", body);
        var connections = await context.ConnectAsync(4);
        await Load.RunAsync(connections, Secrets, _ => Requests(template.Copy()), context.Server);
        BenchContext.Close(connections);
    }

    private static Func<int, ReadOnlyMemory<byte>> Requests(RequestTemplate template) => i => template.Fill(i);

    // Reads to the bookmark that ends the initial events, or as far as asked for.
    private static async Task<long> StreamAsync(ApiConnection connection, ReadOnlyMemory<byte> request, long bytes)
    {
        var status = await connection.BeginAsync(request);
        if (status != 200)
            throw new InvalidDataException($"the watch was answered {status}");
        long read = 0;
        while (read < bytes)
        {
            var part = await connection.ReadChunkPartAsync();
            read += part.Length;
            if (part.IsEmpty || part.Span.IndexOf("k8s.io/initial-events-end"u8) >= 0)
                break;
        }

        return read;
    }

    private static async Task<double> PeakAsync(ServerProcesses server, CancellationToken done)
    {
        var peak = server.ResidentMebibytes;
        while (!done.IsCancellationRequested)
        {
            await Task.Delay(20, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            peak = Math.Max(peak, server.ResidentMebibytes);
        }

        return peak;
    }
}
