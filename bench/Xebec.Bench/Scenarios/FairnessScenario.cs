using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Xebec.Bench.Scenarios;

/// <summary>What one client notices of another that lists everything over 256 connections, as fast as it is answered.</summary>
internal static partial class FairnessScenario
{
    private const int Objects = 1_000;
    private const int AbusiveConnections = 256;
    private const int PoliteConnections = 4;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(8);

    public static async Task<IEnumerable<Measurement>> RunAsync(BenchContext context)
    {
        var filling = await context.ConnectAsync(64);
        await context.CreateAsync(filling, context.Namespace, "fair", 0, Objects);
        BenchContext.Close(filling);
        var polite = context with { Target = await UserAsync(context, "polite") };
        var abusive = context with { Target = await UserAsync(context, "abusive") };
        var connections = await polite.ConnectAsync(PoliteConnections);
        await MeasureAsync(polite, connections, TimeSpan.FromSeconds(1));
        var alone = await MeasureAsync(polite, connections, Duration);
        var beside = await AbuseAsync(abusive, () => MeasureAsync(polite, connections, Duration));
        BenchContext.Close(connections);
        return
        [
            Row("GET of a client alone, 4 connections", alone),
            Row($"the same beside another's LISTs of {Objects:N0} over {AbusiveConnections} connections", beside.Polite) with
            {
                Cpu = $"{beside.Listed / Duration.TotalSeconds:F0} LISTs/s, {beside.Refused / Duration.TotalSeconds:N0} 429s/s",
            },
        ];
    }

    private static Measurement Row(string what, double[] latencies) => new(
        what, $"{latencies.Length / Duration.TotalSeconds:N0}/s",
        Latency: $"{latencies[latencies.Length / 2]:F1} / {latencies[latencies.Length * 99 / 100]:F0} ms (max {latencies[^1]:F0} ms)");

    // Sorted latencies in milliseconds.
    private static async Task<double[]> MeasureAsync(BenchContext context, ApiConnection[] connections, TimeSpan duration)
    {
        var request = RequestTemplate.Create(context.Target, "GET", BenchContext.ConfigMaps(context.Namespace) + "/fair-00000001").Fill();
        var clock = Stopwatch.StartNew();
        var all = await Task.WhenAll(connections.Select(connection => Task.Run(async () =>
        {
            var latencies = new List<double>();
            while (clock.Elapsed < duration)
            {
                var sent = Stopwatch.GetTimestamp();
                await connection.SendAsync(request);
                latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }

            return latencies;
        })));
        return [.. all.SelectMany(l => l).Order()];
    }

    private static async Task<(double[] Polite, int Listed, int Refused)> AbuseAsync(BenchContext context, Func<Task<double[]>> measure)
    {
        var connections = await context.ConnectAsync(AbusiveConnections);
        var request = RequestTemplate.Create(context.Target, "GET", BenchContext.ConfigMaps(context.Namespace)).Fill();
        var (listed, refused, stop) = (0, 0, new CancellationTokenSource());
        var abuse = connections.Select(connection => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    await connection.SendAsync(request);
                    Interlocked.Increment(ref listed);
                }
                catch (InvalidDataException)
                {
                    Interlocked.Increment(ref refused);
                }
            }
        })).ToArray();
        var polite = await measure();
        var counts = (listed, refused);
        await stop.CancelAsync();
        await Task.WhenAll(abuse);
        BenchContext.Close(connections);
        return (polite, counts.listed, counts.refused);
    }

    // A ServiceAccount that may read, and a token of it: no administrator, so that its requests are not exempt.
    private static async Task<Target> UserAsync(BenchContext context, string name)
    {
        var accounts = $"/api/v1/namespaces/{context.Namespace}/serviceaccounts";
        await context.SendAsync("POST", accounts, $$$"""{"kind":"ServiceAccount","apiVersion":"v1","metadata":{"name":"{{{name}}}"}}""");
        await context.SendAsync("POST", $"/apis/rbac.authorization.k8s.io/v1/namespaces/{context.Namespace}/rolebindings", $$"""
            {"kind":"RoleBinding","apiVersion":"rbac.authorization.k8s.io/v1","metadata":{"name":"{{name}}"},
            "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"view"},
            "subjects":[{"kind":"ServiceAccount","name":"{{name}}","namespace":"{{context.Namespace}}"}]}
            """);
        using var connection = await ApiConnection.OpenAsync(context.Target);
        connection.KeepsBodyStart = true;
        var body = """{"kind":"TokenRequest","apiVersion":"authentication.k8s.io/v1","spec":{"audiences":[]}}""";
        await connection.SendAsync(RequestTemplate.Create(context.Target, "POST", $"{accounts}/{name}/token", body).Fill());
        var user = context.Target with { Client = null, Token = Token().Match(connection.BodyStart).Groups[1].Value };
        await UntilAllowedAsync(context with { Target = user });
        return user;
    }

    // Authorization learns of the RoleBinding a moment after it was written.
    private static async Task UntilAllowedAsync(BenchContext context)
    {
        using var connection = await ApiConnection.OpenAsync(context.Target);
        var request = RequestTemplate.Create(context.Target, "GET", BenchContext.ConfigMaps(context.Namespace) + "/fair-00000001").Fill();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await connection.SendAsync(request);
                return;
            }
            catch (InvalidDataException) when (attempt < 500)
            {
                await Task.Delay(10);
            }
        }
    }

    [GeneratedRegex("\"token\":\"([^\"]+)\"")]
    private static partial Regex Token();
}
