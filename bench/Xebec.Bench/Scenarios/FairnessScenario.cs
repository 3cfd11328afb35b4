using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Xebec.Bench.Scenarios;

/// <summary>
/// What one client notices of another that lists everything over 512 connections, as fast as it is answered; told to try again later it
/// does so, as client libraries do. The first one's connections have threads of their own, or it would wait in the generator.
/// </summary>
internal static partial class FairnessScenario
{
    private const int Objects = 1_000;
    private const int AbusiveConnections = 512;
    private const int PoliteConnections = 4;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(8);

    public static async Task<IEnumerable<Measurement>> RunAsync(BenchContext context)
    {
        var filling = await context.ConnectAsync(64);
        await context.CreateAsync(filling, context.Namespace, "fair", 0, Objects);
        BenchContext.Close(filling);
        var polite = context with { Target = await UserAsync(context, "polite") };
        var abusive = context with { Target = await UserAsync(context, "abusive") };
        var connections = await OnThreadOfItsOwn(() => polite.ConnectAsync(PoliteConnections, blocks: true).GetAwaiter().GetResult());
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
                Budget = ">= 25 % of alone",
                Met = beside.Polite.Length >= alone.Length / 4,
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
        var all = await Task.WhenAll(connections.Select(connection => OnThreadOfItsOwn(() =>
        {
            var latencies = new List<double>();
            while (clock.Elapsed < duration)
            {
                var sent = Stopwatch.GetTimestamp();
                while (!Succeeds(connection, request) && clock.Elapsed < duration)
                    Task.Delay(RetryAfter).GetAwaiter().GetResult();
                latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }

            return latencies;
        })));
        return [.. all.SelectMany(l => l).Order()];
    }

    private static bool Succeeds(ApiConnection connection, ReadOnlyMemory<byte> request)
    {
        try
        {
            connection.SendAsync(request).AsTask().GetAwaiter().GetResult();
            return true;
        }
        catch (InvalidDataException) when (connection.Status == 429)
        {
            return false;
        }
    }

    private static Task<T> OnThreadOfItsOwn<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

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
                catch (InvalidDataException) when (connection.Status == 429)
                {
                    Interlocked.Increment(ref refused);
                    await Task.Delay(RetryAfter, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
