using System.Globalization;
using Xebec.Host.Processes;

namespace Xebec.Host.Clusters;

/// <summary>The control groups of one cluster, in every hierarchy of cgroup v1, v2 or both: their names hold the cluster's id.</summary>
internal sealed class Cgroups(string root, string clusterId)
{
    private const int MaxDepth = 2;

    /// <summary>The topmost folders that carry the id.</summary>
    public IReadOnlyList<string> Find() => Directory.Exists(root) ? [.. Find(root, 0)] : [];

    /// <summary>Every process in them.</summary>
    public IReadOnlyList<ProcessIdentity> Processes() =>
    [
        .. Find().SelectMany(Tree).Select(folder => Path.Combine(folder, "cgroup.procs")).Where(File.Exists)
            .SelectMany(File.ReadAllLines).Distinct()
            .Select(line => ProcessIdentity.Find(int.Parse(line, CultureInfo.InvariantCulture))).OfType<ProcessIdentity>(),
    ];

    /// <summary>Removes the folders, the deepest first; one that still has a process stays.</summary>
    public void Remove()
    {
        foreach (var folder in Find().SelectMany(Tree).OrderByDescending(path => path.Length))
        {
            try
            {
                Directory.Delete(folder);
            }
            catch (IOException)
            {
                // Busy: a process ends at this moment; the caller tries again.
            }
        }
    }

    private IEnumerable<string> Find(string folder, int depth)
    {
        foreach (var child in Directory.EnumerateDirectories(folder))
        {
            if (new FileInfo(child).LinkTarget is not null) continue;
            if (Path.GetFileName(child).Contains(clusterId, StringComparison.Ordinal)) yield return child;
            else if (depth < MaxDepth)
                foreach (var found in Find(child, depth + 1)) yield return found;
        }
    }

    private static IEnumerable<string> Tree(string folder) =>
        Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories).Prepend(folder);
}
