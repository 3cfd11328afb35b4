using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Xebec.Kubelet.Volumes;

/// <summary>The Linux calls on files and mounts that .NET has no method for.</summary>
internal static partial class LinuxFiles
{
    private const int LazyDetach = 2;
    private const uint KeepOwner = uint.MaxValue;

    /// <summary>Renames, replacing what is at the new path in one step; a link itself, not its target.</summary>
    public static void Rename(string from, string to) => Check(rename(from, to), $"rename {from}");

    /// <summary>Mounts a memory file system; 0 bytes is the kernel's default limit.</summary>
    public static void MountTmpfs(string folder, long sizeBytes, string mode)
    {
        var options = $"mode={mode}" + (sizeBytes > 0 ? $",size={sizeBytes}" : "");
        Check(mount("tmpfs", folder, "tmpfs", 0, options), $"mount tmpfs on {folder}");
    }

    public static void Unmount(string folder) => Check(umount2(folder, LazyDetach), $"umount {folder}");

    /// <summary>Changes the group of a file, not following a link.</summary>
    public static void ChangeGroup(string path, uint group) => Check(lchown(path, KeepOwner, group), $"chown {path}");

    /// <summary>The mount points at or below a folder, deepest first.</summary>
    public static List<string> MountsBelow(string folder)
    {
        var found = new List<string>();
        foreach (var line in File.ReadLines("/proc/self/mountinfo"))
        {
            var point = Unescape(line.Split(' ')[4]);
            if (point == folder || point.StartsWith(folder + "/", StringComparison.Ordinal))
                found.Add(point);
        }

        found.Reverse();
        return found;
    }

    public static bool IsMountPoint(string folder) => MountsBelow(folder).Contains(folder);

    private static string Unescape(string path) => path.Replace("\\040", " ", StringComparison.Ordinal)
        .Replace("\\011", "\t", StringComparison.Ordinal).Replace("\\012", "\n", StringComparison.Ordinal)
        .Replace("\\134", "\\", StringComparison.Ordinal);

    private static void Check(int result, string what)
    {
        if (result != 0)
            throw new IOException($"{what}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
    }

#pragma warning disable IDE1006, SA1300 // The C library's own names.
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mount(string source, string target, string type, nuint flags, string data);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int umount2(string target, int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int rename(string from, string to);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int lchown(string path, uint owner, uint group);
#pragma warning restore IDE1006, SA1300
}
