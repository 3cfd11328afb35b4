using System.Diagnostics;

namespace Xebec.Bench;

/// <summary>The figures of one round of requests.</summary>
internal sealed record Load(double PerSecond, double CpuMicroseconds, double P50Milliseconds, double P99Milliseconds)
{
    /// <summary>The least CPU of any round: what the work takes when nothing else disturbs the machine.</summary>
    public double LeastCpuMicroseconds { get; private init; }

    /// <summary>Sends <paramref name="count"/> requests over connections that are open already, each as fast as it is answered.</summary>
    public static async Task<Load> RunAsync(
        ApiConnection[] connections, int count, Func<int, Func<int, ReadOnlyMemory<byte>>> requestsOf, ServerProcesses server)
    {
        var (latencies, next) = (new double[count], -1);
        var senders = connections.Select((_, c) => requestsOf(c)).ToArray();
        var cpu = server.CpuMicroseconds;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(connections.Select((connection, c) => Task.Run(() => SendAsync(connection, senders[c]))));
        var elapsed = clock.Elapsed.TotalSeconds;
        cpu = server.CpuMicroseconds - cpu;
        Array.Sort(latencies);
        return new Load(count / elapsed, cpu / count, latencies[count / 2], latencies[count * 99 / 100]);

        async Task SendAsync(ApiConnection connection, Func<int, ReadOnlyMemory<byte>> request)
        {
            for (var i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                var sent = Stopwatch.GetTimestamp();
                await connection.SendAsync(request(i));
                latencies[i] = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
            }
        }
    }

    /// <summary>The median of each figure over several rounds.</summary>
    public static Load Median(IReadOnlyList<Load> rounds) => new(
        Middle(rounds, r => r.PerSecond), Middle(rounds, r => r.CpuMicroseconds), Middle(rounds, r => r.P50Milliseconds),
        Middle(rounds, r => r.P99Milliseconds))
    {
        LeastCpuMicroseconds = rounds.Min(r => r.CpuMicroseconds),
    };

    public static double Middle<T>(IEnumerable<T> rounds, Func<T, double> figure)
    {
        var sorted = rounds.Select(figure).Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
