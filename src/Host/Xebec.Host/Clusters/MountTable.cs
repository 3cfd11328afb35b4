using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Xebec.Host.Clusters;

/// <summary>The mounts of this process's mount namespace.</summary>
internal static partial class MountTable
{
    private const int LazyDetach = 2;

    /// <summary>Detaches every mount at or below the folder, the deepest first.</summary>
    public static void DetachBelow(string folder)
    {
        foreach (var path in MountPoints(File.ReadLines("/proc/self/mountinfo"), folder)) _ = Unmount(path, LazyDetach);
    }

    /// <summary>The mount points of mountinfo lines at or below the folder; of several at one path, each; the last mounted first.</summary>
    internal static IReadOnlyList<string> MountPoints(IEnumerable<string> mountInfoLines, string folder) =>
    [
        .. mountInfoLines.Select(line => Unescape(line.Split(' ')[4]))
            .Where(path => path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal)).Reverse(),
    ];

    private static string Unescape(string path) => path.Contains('\\')
        ? OctalEscape().Replace(path, match => ((char)int.Parse(Octal(match.Value), CultureInfo.InvariantCulture)).ToString())
        : path;

    private static string Octal(string escape) => Convert.ToInt32(escape[1..], 8).ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\\[0-7]{3}")]
    private static partial Regex OctalEscape();

    [LibraryImport("libc", EntryPoint = "umount2", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Unmount(string path, int flags);
}
