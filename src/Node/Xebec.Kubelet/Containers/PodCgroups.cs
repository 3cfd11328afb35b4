using System.Globalization;
using Xebec.Kubelet.Status;

namespace Xebec.Kubelet.Containers;

/// <summary>
/// The cgroup of each pod, below its quality-of-service class, in every hierarchy (v1, v2 or both). The runtime never removes a
/// pod's cgroup, so this makes and removes them.
/// </summary>
internal sealed class PodCgroups(string mount, string root)
{
    private static readonly string[] NotHierarchies = ["systemd", "unified"];

    /// <summary>The path of a pod's cgroup below each hierarchy; empty when the runtime decides.</summary>
    public string PathOf(Pod pod)
    {
        if (root.Length == 0)
            return "";
        var level = QosClasses.Of(pod) switch
        {
            PodQOSClass.BestEffort => "besteffort/",
            PodQOSClass.Burstable => "burstable/",
            _ => "",
        };
        return $"/{root.Trim('/')}/{level}pod{pod.Metadata.Uid}";
    }

    /// <summary>Makes the pod's cgroup with its limits.</summary>
    public void Ensure(Pod pod)
    {
        var path = PathOf(pod);
        if (path.Length == 0)
            return;
        var limits = PodLimits.Of(pod);
        foreach (var hierarchy in Hierarchies())
        {
            var folder = Path.Combine(hierarchy, path.TrimStart('/'));
            if (Directory.Exists(folder))
                continue;
            Make(hierarchy, path.Trim('/').Split('/'));
            Limit(folder, limits);
        }
    }

    /// <summary>Removes the pod's cgroup with those the runtime left in it; whether all are gone.</summary>
    public bool Remove(string podUid)
    {
        if (root.Length == 0)
            return true;
        var gone = true;
        foreach (var hierarchy in Hierarchies())
        {
            foreach (var level in (string[])["", "burstable", "besteffort"])
                gone &= RemoveTree(Path.Combine(hierarchy, root.Trim('/'), level, $"pod{podUid}"));
        }

        return gone;
    }

    /// <summary>The uids of pods that have a cgroup.</summary>
    public IEnumerable<string> KnownUids()
    {
        if (root.Length == 0 || Hierarchies().FirstOrDefault() is not { } hierarchy)
            return [];
        return ((string[])["", "burstable", "besteffort"])
            .Select(level => Path.Combine(hierarchy, root.Trim('/'), level))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateDirectories(folder, "pod*"))
            .Select(folder => Path.GetFileName(folder)[3..]);
    }

    /// <summary>Removes the folders that all pods share; for shutdown with nothing left running.</summary>
    public void RemoveRoot()
    {
        foreach (var hierarchy in root.Length == 0 ? [] : Hierarchies())
            RemoveTree(Path.Combine(hierarchy, root.Trim('/')));
    }

    private static bool RemoveTree(string folder)
    {
        if (!Directory.Exists(folder))
            return true;
        foreach (var child in Directory.EnumerateDirectories(folder))
            RemoveTree(child);
        try
        {
            Directory.Delete(folder);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static void Make(string hierarchy, string[] parts)
    {
        var folder = hierarchy;
        foreach (var part in parts)
        {
            EnableControllers(folder);
            var parent = folder;
            folder = Path.Combine(folder, part);
            if (Directory.Exists(folder))
                continue;
            Directory.CreateDirectory(folder);
            CopyCpuset(parent, folder);
        }
    }

    private static void EnableControllers(string folder)
    {
        var controllers = Path.Combine(folder, "cgroup.controllers");
        if (!File.Exists(controllers))
            return;
        foreach (var name in File.ReadAllText(controllers).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
            TryWrite(Path.Combine(folder, "cgroup.subtree_control"), "+" + name);
    }

    /// <summary>A new v1 cpuset is empty, and an empty one takes no process.</summary>
    private static void CopyCpuset(string parent, string folder)
    {
        foreach (var file in (string[])["cpuset.cpus", "cpuset.mems"])
        {
            if (File.Exists(Path.Combine(parent, file)) && !File.Exists(Path.Combine(folder, "cgroup.controllers")))
                TryWrite(Path.Combine(folder, file), File.ReadAllText(Path.Combine(parent, file)).Trim());
        }
    }

    private static void Limit(string folder, PodLimits limits)
    {
        WriteExisting(folder, "cpu.shares", limits.CpuShares);
        WriteExisting(folder, "cpu.weight", CgroupAmounts.Weight(limits.CpuShares));
        if (limits.CpuQuotaMicroseconds > 0)
        {
            WriteExisting(folder, "cpu.cfs_period_us", CgroupAmounts.PeriodMicroseconds);
            WriteExisting(folder, "cpu.cfs_quota_us", limits.CpuQuotaMicroseconds);
            if (File.Exists(Path.Combine(folder, "cpu.max")))
                TryWrite(Path.Combine(folder, "cpu.max"), $"{limits.CpuQuotaMicroseconds} {CgroupAmounts.PeriodMicroseconds}");
        }

        if (limits.MemoryLimitBytes > 0)
        {
            WriteExisting(folder, "memory.limit_in_bytes", limits.MemoryLimitBytes);
            WriteExisting(folder, "memory.max", limits.MemoryLimitBytes);
        }
    }

    private static void WriteExisting(string folder, string file, long value)
    {
        var path = Path.Combine(folder, file);
        if (File.Exists(path))
            TryWrite(path, value.ToString(CultureInfo.InvariantCulture));
    }

    private static void TryWrite(string path, string text)
    {
        try
        {
            File.WriteAllText(path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A controller the host does not delegate: the pod runs without that limit, as upstream's kubelet does.
        }
    }

    private IEnumerable<string> Hierarchies()
    {
        if (!Directory.Exists(mount))
            return [];
        if (File.Exists(Path.Combine(mount, "cgroup.controllers")))
            return [mount];
        return Directory.EnumerateDirectories(mount)
            .Where(folder => new FileInfo(folder).LinkTarget is null)
            .Where(folder => !NotHierarchies.Contains(Path.GetFileName(folder)) || File.Exists(Path.Combine(folder, "cgroup.procs")));
    }
}
