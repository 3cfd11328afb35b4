using System.Diagnostics;

namespace Xebec.Store.Sqlite.Tests.Faults;

/// <summary>A disk of a few MiB in memory, mounted for one test.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TestFolder _folder = new();

    public SmallDisk(int sizeMiB) => Run("mount", "-t", "tmpfs", "-o", $"size={sizeMiB}m", Path.GetFileName(_folder.Path), _folder.Path);

    public string StorePath => _folder.StorePath;

    /// <summary>Takes all free space but a little.</summary>
    public string Ballast => Path.Combine(_folder.Path, "ballast");

    public void Dispose()
    {
        Run("umount", _folder.Path);
        _folder.Dispose();
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
