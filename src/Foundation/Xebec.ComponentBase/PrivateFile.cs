using System.Text;

namespace Xebec.ComponentBase;

/// <summary>Files that only their owner may read (mode 0600), replaced in one step.</summary>
public static class PrivateFile
{
    private const UnixFileMode FileMode0600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode0700 = FileMode0600 | UnixFileMode.UserExecute;

    /// <summary>Writes the text beside the file, then renames over it: readers see the old content or the new, never a part.</summary>
    public static void Write(string path, string text)
    {
        CreateFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var temporaryPath = $"{path}.{Environment.ProcessId}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = FileMode0600 };
        using (var stream = new FileStream(temporaryPath, options)) stream.Write(Encoding.UTF8.GetBytes(text));
        File.Move(temporaryPath, path, overwrite: true);
    }

    /// <summary>Creates the folder, mode 0700; leaves one that exists as it is.</summary>
    public static void CreateFolder(string path)
    {
        if (!Directory.Exists(path)) Directory.CreateDirectory(path, FolderMode0700);
    }
}
