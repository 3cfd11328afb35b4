using System.Globalization;

namespace Xebec.Bench;

/// <summary>CPU and memory of the server's processes, from /proc. Without processes every figure is 0.</summary>
internal sealed class ServerProcesses(Func<IReadOnlyList<int>> find)
{
    private const double MicrosecondsPerTick = 10_000;

    public bool Known => find().Count > 0;

    /// <summary>User and system time so far, in microseconds (in steps of 10 ms).</summary>
    public double CpuMicroseconds => find().Sum(CpuOf);

    /// <summary>Resident memory, in MiB.</summary>
    public double ResidentMebibytes => find().Sum(ResidentOf) / 1024.0;

    /// <summary>A process and all that it has started.</summary>
    public static IReadOnlyList<int> TreeOf(int root)
    {
        var found = new List<int> { root };
        for (var i = 0; i < found.Count; i++)
            found.AddRange(ChildrenOf(found[i]));
        return found;
    }

    private static IEnumerable<int> ChildrenOf(int pid)
    {
        try
        {
            return [.. Directory.GetDirectories($"/proc/{pid}/task").SelectMany(ChildrenOfTask)];
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static IEnumerable<int> ChildrenOfTask(string task) => File.ReadAllText(task + "/children")
        .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => int.Parse(p, CultureInfo.InvariantCulture));

    private static double CpuOf(int pid)
    {
        // The fields after the command's name, which is in parentheses and may hold spaces: state is the first of them.
        var text = File.ReadAllText($"/proc/{pid}/stat");
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) * MicrosecondsPerTick;
    }

    private static long ResidentOf(int pid)
    {
        var line = File.ReadLines($"/proc/{pid}/status").FirstOrDefault(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line.AsSpan(6).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture);
    }
}
