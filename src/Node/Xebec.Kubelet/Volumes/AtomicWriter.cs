using System.Globalization;

namespace Xebec.Kubelet.Volumes;

/// <summary>
/// Replaces all files of a volume at once: they are in a folder that ..data links to, each path links through ..data, and one
/// rename of that link makes the new ones visible. Readers see the old set or the new one, never a mixture.
/// </summary>
internal static class AtomicWriter
{
    private const string DataLink = "..data";
    private const string NewDataLink = "..data_tmp";

    /// <summary>Writes the files; whether anything differed from what was there.</summary>
    public static bool Write(string folder, IReadOnlyDictionary<string, PayloadFile> files, DateTimeOffset now)
    {
        Directory.CreateDirectory(folder);
        var link = Path.Combine(folder, DataLink);
        var old = new FileInfo(link).LinkTarget;
        if (old is not null && IsSame(Path.Combine(folder, old), files))
            return false;
        var name = NewName(folder, now);
        WriteFiles(Path.Combine(folder, name), files);
        ReplaceLink(folder, link, name);
        LinkPaths(folder, files);
        RemoveStale(folder, files);
        if (old is not null)
            Directory.Delete(Path.Combine(folder, old), recursive: true);
        return true;
    }

    private static string NewName(string folder, DateTimeOffset now)
    {
        var stamp = ".." + now.UtcDateTime.ToString("yyyy_MM_dd_HH_mm_ss", CultureInfo.InvariantCulture);
        string name;
        do
            name = $"{stamp}.{Random.Shared.Next().ToString(CultureInfo.InvariantCulture)}";
        while (Directory.Exists(Path.Combine(folder, name)));
        return name;
    }

    private static bool IsSame(string folder, IReadOnlyDictionary<string, PayloadFile> files)
    {
        if (!Directory.Exists(folder) || Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Count() != files.Count)
            return false;
        foreach (var (path, file) in files)
        {
            var info = new FileInfo(Path.Combine(folder, path));
            if (!info.Exists || info.Length != file.Content.Length || ((int)info.UnixFileMode & 0x1FF & ~0x38) != (
                file.Mode & 0x1FF & ~0x38) ||
                !File.ReadAllBytes(info.FullName).AsSpan().SequenceEqual(file.Content))
                return false;
        }

        return true;
    }

    private static void WriteFiles(string folder, IReadOnlyDictionary<string, PayloadFile> files)
    {
        MakeFolder(folder);
        foreach (var (path, file) in files)
        {
            var full = Path.Combine(folder, path);
            MakeFolder(Path.GetDirectoryName(full)!);
            File.WriteAllBytes(full, file.Content);
            File.SetUnixFileMode(full, (UnixFileMode)(file.Mode & 0x1FF));
        }
    }

    private static void MakeFolder(string folder)
    {
        if (Directory.Exists(folder))
            return;
        MakeFolder(Path.GetDirectoryName(folder)!);
        Directory.CreateDirectory(folder);
        File.SetUnixFileMode(folder, (UnixFileMode)0x1ED);
    }

    private static void ReplaceLink(string folder, string link, string target)
    {
        var temporary = Path.Combine(folder, NewDataLink);
        File.Delete(temporary);
        File.CreateSymbolicLink(temporary, target);
        LinuxFiles.Rename(temporary, link);
    }

    private static void LinkPaths(string folder, IReadOnlyDictionary<string, PayloadFile> files)
    {
        foreach (var first in files.Keys.Select(path => path.Split('/')[0]).Distinct())
        {
            var link = Path.Combine(folder, first);
            if (new FileInfo(link).LinkTarget is null)
                File.CreateSymbolicLink(link, Path.Combine(DataLink, first));
        }
    }

    private static void RemoveStale(string folder, IReadOnlyDictionary<string, PayloadFile> files)
    {
        var wanted = files.Keys.Select(path => path.Split('/')[0]).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            if (entry.LinkTarget?.StartsWith(DataLink + "/", StringComparison.Ordinal) == true && !wanted.Contains(entry.Name))
                entry.Delete();
        }
    }
}
