using Xebec.EndToEnd.Tests.Clusters;
using Xebec.EndToEnd.Tests.Commands;

namespace Xebec.EndToEnd.Tests.Lifecycle;

/// <summary>What a cluster could leave on a machine: processes, mounts, cgroups, network namespaces, links, rules, routes, files in /run.</summary>
public sealed class MachineState
{
    private readonly Dictionary<string, SortedSet<string>> _parts = [];

    /// <summary>Reads it; what other clusters of the machine make meanwhile is told apart by the marks, one of which each of ours carries.</summary>
    /// <param name="cluster">The cluster whose network is read.</param>
    /// <param name="marks">Its id and folder.</param>
    public static async Task<MachineState> ReadAsync(Cluster cluster, params string[] marks)
    {
        var state = new MachineState();
        state.Add("process", Directory.EnumerateDirectories("/proc").Select(CommandLine), marks);
        state.Add("mount", File.ReadLines("/proc/self/mounts"), marks);
        state.Add("cgroup", Directory.EnumerateDirectories("/sys/fs/cgroup", "*", SearchOption.AllDirectories), marks);
        state.Add("run", Directory.EnumerateFileSystemEntries("/run"), marks);
        state.Add("netns of a pod", Netns(cluster), marks);
        await state.AddAsync("link", cluster, "ip", "-o", "link");
        await state.AddAsync("route", cluster, "ip", "route");
        await state.AddAsync("rules", cluster, "nft", "list", "ruleset");
        await state.AddAsync("iptables", cluster, "iptables-save");
        return state;
    }

    /// <summary>What is here and was not there.</summary>
    public IEnumerable<string> Since(MachineState before) =>
        from part in _parts
        from line in part.Value.Except(before._parts[part.Key])
        select $"{part.Key}: {line}";

    private static IEnumerable<string> Netns(Cluster cluster) =>
        Directory.Exists("/run/netns") ? Directory.EnumerateFiles("/run/netns").Where(path => Path.GetFileName(path) != cluster.Network.Name) : [];

    private static string CommandLine(string folder)
    {
        try
        {
            var path = Path.Combine(folder, "cmdline");
            return File.Exists(path) ? $"{Path.GetFileName(folder)} {File.ReadAllText(path).Replace('\0', ' ')}" : "";
        }
        catch (IOException)
        {
            return "";
        }
    }

    private void Add(string part, IEnumerable<string> lines, string[] marks) =>
        _parts[part] = [.. lines.Where(line => marks.Any(mark => line.Contains(mark, StringComparison.Ordinal)))];

    private async Task AddAsync(string part, Cluster cluster, string program, params string[] arguments)
    {
        var lines = (await cluster.Commands.RunAsync(program, arguments)).Output.Split('\n');
        _parts[part] = [.. lines.Where(line => line.Trim().Length > 0 && !line.StartsWith('#'))];
    }
}
