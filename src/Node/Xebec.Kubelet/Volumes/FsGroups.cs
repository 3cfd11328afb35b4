namespace Xebec.Kubelet.Volumes;

/// <summary>Gives a volume's files to the pod's fsGroup, readable (and writable, unless read-only) by it.</summary>
internal static class FsGroups
{
    private const UnixFileMode GroupRead = UnixFileMode.GroupRead;
    private const UnixFileMode GroupWrite = UnixFileMode.GroupWrite;

    public static void Apply(string folder, long group, bool readOnly)
    {
        ApplyTo(folder, (uint)group, readOnly, isFolder: true);
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories))
        {
            if (entry.LinkTarget is not null)
                LinuxFiles.ChangeGroup(entry.FullName, (uint)group);
            else
                ApplyTo(entry.FullName, (uint)group, readOnly, entry is DirectoryInfo);
        }
    }

    private static void ApplyTo(string path, uint group, bool readOnly, bool isFolder)
    {
        LinuxFiles.ChangeGroup(path, group);
        var mode = File.GetUnixFileMode(path) | GroupRead | (readOnly ? 0 : GroupWrite);
        if (isFolder)
            mode |= UnixFileMode.SetGroup | UnixFileMode.GroupExecute;
        File.SetUnixFileMode(path, mode);
    }
}
