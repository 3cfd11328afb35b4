using System.Globalization;

namespace Xebec.Kubelet.Cri.Linux;

/// <summary>Control groups across all hierarchies the node has, of version 1, 2 or both.</summary>
internal static class Cgroups
{
    /// <summary>The mount points of the hierarchies.</summary>
    public static IReadOnlyList<string> Hierarchies() =>
        [.. MountTable.Read().Where(entry => entry.FileSystem is "cgroup" or "cgroup2").Select(entry => entry.Path).Distinct()];

    /// <summary>Kills every process in a group and below, then removes the groups, in every hierarchy.</summary>
    public static async Task RemoveAsync(string group, CancellationToken cancellationToken)
    {
        var folders = Hierarchies().Select(hierarchy => Path.Combine(hierarchy, group.TrimStart('/'))).Where(Directory.Exists).ToList();
        var processes = folders.SelectMany(ProcessesBelow).Distinct().ToList();
        await Processes.KillAsync(processes, cancellationToken);
        foreach (var folder in folders)
            RemoveTree(folder);
    }

    /// <summary>Processes in the groups that a process itself is in, for the groups whose path names <paramref name="id"/>.</summary>
    public static IReadOnlyList<int> ProcessesBeside(int processId, string id) =>
    [
        .. GroupsOf(processId).Where(group => group.Contains(id, StringComparison.Ordinal))
            .SelectMany(group => Hierarchies().Select(hierarchy => Path.Combine(hierarchy, group.TrimStart('/'))))
            .Where(Directory.Exists).SelectMany(ProcessesBelow).Distinct(),
    ];

    private static IEnumerable<string> GroupsOf(int processId)
    {
        var file = $"/proc/{processId}/cgroup";
        return File.Exists(file) ? File.ReadAllLines(file).Select(line => line.Split(':', 3)[2]).Distinct() : [];
    }

    private static IEnumerable<int> ProcessesBelow(string folder) => Directory
        .EnumerateDirectories(folder, "*", SearchOption.AllDirectories).Prepend(folder)
        .SelectMany(group => File.ReadAllLines(Path.Combine(group, "cgroup.procs")))
        .Select(line => int.Parse(line, CultureInfo.InvariantCulture));

    /// <summary>Groups are removed as empty folders, children first; their files go with them.</summary>
    private static void RemoveTree(string folder)
    {
        foreach (var child in Directory.EnumerateDirectories(folder).ToList())
            RemoveTree(child);
        Directory.Delete(folder);
    }
}
