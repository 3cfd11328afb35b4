using System.Diagnostics;
using Xebec.Tidy.Tests.Sources;

namespace Xebec.Tidy.Tests;

/// <summary>The checkout that the tests were built from: its files, read once.</summary>
public static class Repository
{
    private static readonly string[] NotSources = ["bin", "obj", "artifacts", ".git", "TestResults"];
    private static readonly Lazy<IReadOnlyList<string>> LazyFiles = new(List);
    private static readonly Lazy<IReadOnlyList<SourceFile>> LazySources = new(
        () => [.. Files.Where(path => path.EndsWith(".cs", StringComparison.Ordinal)).AsParallel().AsOrdered().Select(path => SourceFile.Parse(path, Read(path)))]);

    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Every file that is, or could be, committed; relative, sorted.</summary>
    public static IReadOnlyList<string> Files => LazyFiles.Value;

    /// <summary>Every C# file, parsed.</summary>
    public static IReadOnlyList<SourceFile> Sources => LazySources.Value;

    public static IEnumerable<SourceFile> SourcesBelow(string folder) =>
        Sources.Where(file => file.Path.StartsWith(folder + "/", StringComparison.Ordinal));

    public static IEnumerable<string> Matching(string extension) =>
        Files.Where(path => path.EndsWith(extension, StringComparison.Ordinal));

    public static string Read(string path) => File.ReadAllText(FullPath(path));

    public static string FullPath(string path) => Path.Combine(Root, path);

    public static bool Exists(string path) => File.Exists(FullPath(path)) || Directory.Exists(FullPath(path));

    private static string Find(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "Xebec.slnx"))) return folder;
        throw new InvalidOperationException("no Xebec.slnx above the test; run it from a checkout");
    }

    private static IReadOnlyList<string> List() =>
        [.. (ListByGit() ?? ListByFolder()).Where(path => File.Exists(FullPath(path))).Order(StringComparer.Ordinal)];

    private static string[]? ListByGit()
    {
        try
        {
            var start = new ProcessStartInfo("git", ["-C", Root, "ls-files", "--cached", "--others", "--exclude-standard", "-z"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var git = Process.Start(start)!;
            var output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0 ? [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Distinct()] : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>For a source archive without git.</summary>
    private static IEnumerable<string> ListByFolder() =>
        from path in Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
        let relative = Path.GetRelativePath(Root, path).Replace('\\', '/')
        where !relative.Split('/').Any(NotSources.Contains)
        select relative;
}
