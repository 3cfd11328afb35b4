using System.Formats.Tar;

namespace Xebec.Host.Images;

/// <summary>Writes one layer: files of this machine at paths of the image, owned by root, times at zero, so that digests repeat.</summary>
internal sealed class LayerWriter : IDisposable
{
    private const UnixFileMode Mode0755 = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly TarWriter _tar;

    public LayerWriter(Stream output) => _tar = new TarWriter(output, TarEntryFormat.Pax, leaveOpen: true);

    /// <summary>Adds a folder and everything in it, in the order of the names.</summary>
    public void AddTree(string sourceFolder, string imagePath)
    {
        AddFolder(imagePath);
        foreach (var path in Directory.GetFileSystemEntries(sourceFolder).Order(StringComparer.Ordinal))
        {
            var target = Join(imagePath, Path.GetFileName(path));
            if (new FileInfo(path).LinkTarget is { } linkTarget) AddLink(target, linkTarget);
            else if (Directory.Exists(path)) AddTree(path, target);
            else AddFile(path, target);
        }
    }

    /// <summary>Adds one file with its mode; a link is followed.</summary>
    public void AddFile(string sourcePath, string imagePath)
    {
        AddFolder(Parent(imagePath));
        using var content = File.OpenRead(sourcePath);
        var mode = File.GetUnixFileMode(sourcePath);
        Write(new PaxTarEntry(TarEntryType.RegularFile, Relative(imagePath)) { DataStream = content, Mode = mode });
    }

    /// <summary>Adds a file of this content, mode 0644.</summary>
    public void AddText(string imagePath, ReadOnlySpan<byte> content)
    {
        AddFolder(Parent(imagePath));
        using var stream = new MemoryStream(content.ToArray());
        var mode = Mode0755 & ~(UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        Write(new PaxTarEntry(TarEntryType.RegularFile, Relative(imagePath)) { DataStream = stream, Mode = mode });
    }

    public void AddLink(string imagePath, string target)
    {
        AddFolder(Parent(imagePath));
        Write(new PaxTarEntry(TarEntryType.SymbolicLink, Relative(imagePath)) { LinkName = target, Mode = Mode0755 });
    }

    /// <summary>Adds a folder and those above it, each once.</summary>
    public void AddFolder(string imagePath, UnixFileMode mode = Mode0755)
    {
        if (imagePath is "/" or "" || !_folders.Add(imagePath)) return;
        AddFolder(Parent(imagePath));
        Write(new PaxTarEntry(TarEntryType.Directory, Relative(imagePath) + "/") { Mode = mode });
    }

    public void Dispose() => _tar.Dispose();

    internal static string Join(string folder, string name) => folder.TrimEnd('/') + "/" + name;

    private static string Parent(string imagePath) => imagePath[..Math.Max(0, imagePath.LastIndexOf('/'))];

    private static string Relative(string imagePath) => imagePath.TrimStart('/');

    private void Write(PaxTarEntry entry)
    {
        entry.ModificationTime = DateTimeOffset.UnixEpoch;
        _tar.WriteEntry(entry);
    }
}
