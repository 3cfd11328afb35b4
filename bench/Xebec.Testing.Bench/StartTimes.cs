using System.Diagnostics;

namespace Xebec.Testing.Bench;

/// <summary>Starts clusters one after the other, each disposed before the next, and notes what each start took.</summary>
internal sealed class StartTimes(string what, int count, Func<Task<IAsyncDisposable>> start)
{
    private readonly List<double> _startMs = [];
    private readonly List<double> _cpuMs = [];
    private readonly List<double> _stopMs = [];

    /// <summary>Runs and returns a row of a Markdown table.</summary>
    public async Task<string> RunAsync()
    {
        for (var i = 0; i < count; i++)
            await RoundAsync();
        return FormattableString.Invariant(
            $"| {what} | {count} | {_startMs.Min():0} | {Median(_startMs):0} | {_startMs.Max():0} | {Median(_cpuMs):0} | {Median(_stopMs):0} |");
    }

    private async Task RoundAsync()
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.GetTimestamp();
        var cluster = await start();
        _startMs.Add(Stopwatch.GetElapsedTime(watch).TotalMilliseconds);
        _cpuMs.Add((Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds);
        watch = Stopwatch.GetTimestamp();
        await cluster.DisposeAsync();
        _stopMs.Add(Stopwatch.GetElapsedTime(watch).TotalMilliseconds);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
