using System.Xml.Linq;

namespace Xebec.Tidy.Tests.Sources;

/// <summary>A project file: what it references.</summary>
/// <param name="Path">Relative to the repository.</param>
/// <param name="References">Referenced projects by path, relative to the repository.</param>
/// <param name="Packages">Each PackageReference with its Version, which should be null.</param>
public sealed record ProjectFile(string Path, IReadOnlyList<string> References, IReadOnlyList<(string Name, string? Version)> Packages)
{
    /// <summary>The project's name: Xebec.Client.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The folder it is in.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!.Replace('\\', '/');

    public static ProjectFile Parse(string path, string xml)
    {
        var root = XDocument.Parse(xml).Root!;
        var folder = System.IO.Path.GetDirectoryName("/" + path)!;
        return new ProjectFile(
            path,
            [.. root.Descendants("ProjectReference").Select(one => System.IO.Path.GetFullPath((string)one.Attribute("Include")!, folder)[1..])],
            [.. root.Descendants("PackageReference").Select(one => ((string)one.Attribute("Include")!, Version(one)))]);
    }

    private static string? Version(XElement reference) =>
        (string?)reference.Attribute("Version") ?? (string?)reference.Attribute("VersionOverride") ?? (string?)reference.Element("Version");
}
