namespace Xebec.Kubelet.Volumes;

/// <summary>Finds, or makes, the part of a volume that a subPath names, and refuses one that leads out of the volume.</summary>
internal static class SubPaths
{
    public static string Prepare(string volumeFolder, string subPath)
    {
        if (subPath.StartsWith('/') || subPath.Split('/').Contains(".."))
            throw new VolumeException($"subPath \"{subPath}\" must be relative and must not contain '..'");
        var full = Path.Combine(volumeFolder, subPath);
        if (!Path.Exists(full))
            Directory.CreateDirectory(full);
        var real = Resolve(full);
        var root = Resolve(volumeFolder);
        if (real != root && !real.StartsWith(root + "/", StringComparison.Ordinal))
            throw new VolumeException($"subPath \"{subPath}\" leads out of the volume");
        return real;
    }

    /// <summary>The path with every link on it followed.</summary>
    private static string Resolve(string path)
    {
        var current = "/";
        var pending = new Stack<string>(path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        for (var steps = 0; pending.Count > 0; steps++)
        {
            if (steps > 255)
                throw new VolumeException($"too many levels of symbolic links: {path}");
            var next = pending.Pop();
            if (next == ".")
                continue;
            if (next == "..")
            {
                current = Path.GetDirectoryName(current) ?? "/";
                continue;
            }

            var step = Path.Combine(current, next);
            if (new FileInfo(step).LinkTarget is not { } target)
            {
                current = step;
                continue;
            }

            if (target.StartsWith('/'))
                current = "/";
            foreach (var part in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
                pending.Push(part);
        }

        return current;
    }
}
