using System.IO.Enumeration;

namespace Xebec.Host.Images;

/// <summary>Which file or folder of the build context goes where in the image, by COPY's rules.</summary>
internal static class CopyPlan
{
    /// <exception cref="HostException">A source is missing, or lies outside the context.</exception>
    public static IReadOnlyList<(string Source, string Target)> Make(
        string contextFolder, IReadOnlyList<string> patterns, string destination, string imagePath, int lineNumber)
    {
        var sources = patterns.SelectMany(pattern => Expand(contextFolder, pattern, lineNumber)).ToList();
        var intoFolder = sources.Count > 1 || destination.EndsWith('/') || destination is "." or "..";
        return [.. sources.Select(source => (source, Target(source, imagePath, intoFolder)))];
    }

    private static string Target(string source, string imagePath, bool intoFolder) =>
        Directory.Exists(source) || !intoFolder ? imagePath : LayerWriter.Join(imagePath, Path.GetFileName(source));

    private static List<string> Expand(string contextFolder, string pattern, int lineNumber)
    {
        var root = Path.GetFullPath(contextFolder);
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(root, pattern.TrimStart('/'))));
        if (path != root && !path.StartsWith(root + "/", StringComparison.Ordinal))
            throw new HostException($"Dockerfile line {lineNumber}: {pattern} is outside the build context {contextFolder}");
        if (File.Exists(path) || Directory.Exists(path)) return [path];
        var parent = Path.GetDirectoryName(path)!;
        var matches = !Directory.Exists(parent) ? [] : Directory.EnumerateFileSystemEntries(parent)
            .Where(one => FileSystemName.MatchesSimpleExpression(Path.GetFileName(path), Path.GetFileName(one), ignoreCase: false))
            .Order(StringComparer.Ordinal).ToList();
        return matches.Count > 0 ? matches : throw new HostException($"Dockerfile line {lineNumber}: {pattern} is not in {contextFolder}");
    }
}
