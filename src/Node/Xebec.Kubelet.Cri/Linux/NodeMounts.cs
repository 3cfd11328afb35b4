namespace Xebec.Kubelet.Cri.Linux;

/// <summary>The mounts a node makes for its volumes.</summary>
public static class NodeMounts
{
    /// <summary>
    /// Makes a folder (the kubelet's) a shared mount of its own, without which the runtime refuses mounts that propagate where / is
    /// private.
    /// Idempotent.
    /// </summary>
    public static void EnsureShared(string folder)
    {
        var path = Path.GetFullPath(folder);
        Directory.CreateDirectory(path);
        var mount = MountTable.Read().LastOrDefault(entry => entry.Path == path);
        if (mount is null)
            Libc.BindToItself(path);
        if (mount is not { IsShared: true })
            Libc.MakeSharedRecursively(path);
    }

    /// <summary>Takes away every mount at or below a folder, the innermost first.</summary>
    public static void RemoveBelow(string folder)
    {
        var path = Path.GetFullPath(folder);
        foreach (var entry in MountTable.Read().Reverse().Where(entry => IsAtOrBelow(entry.Path, path)))
            Libc.Detach(entry.Path);
    }

    internal static bool IsAtOrBelow(string path, string folder) =>
        path == folder || path.StartsWith(folder.EndsWith('/') ? folder : folder + "/", StringComparison.Ordinal);
}
