using System.Globalization;
using System.Text;

namespace Xebec.Bench;

/// <summary>Writes the measurements as Markdown.</summary>
internal static class ResultTable
{
    public static string Write(string title, IReadOnlyList<Measurement> rows, DateTimeOffset now)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"## {title}\n\n{now:yyyy-MM-dd HH:mm} UTC, {Machine()}\n\n");
        text.Append("| what | measured | server CPU per operation | p50 / p99 | budget | met |\n|---|---|---|---|---|---|\n");
        foreach (var row in rows)
            text.Append(CultureInfo.InvariantCulture, $"| {row.What} | {row.Figure} | {row.Cpu} | {row.Latency} | {row.Budget} | {Word(row.Met)} |\n");
        return text.ToString();
    }

    private static string Word(bool? met) => met switch { true => "yes", false => "**no**", null => "" };

    private static string Machine()
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim();
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        return $"{Environment.ProcessorCount} cores of {model}, Linux {Environment.OSVersion.Version}, .NET {Environment.Version}, " +
            $"load average at the end {load} (generator included)";
    }
}
