using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xebec.Tidy.Tests.Sources;

namespace Xebec.Tidy.Tests.Rules;

/// <summary>Package versions are exact and stand in Directory.Packages.props alone; what stands there is used.</summary>
public static partial class PackageVersions
{
    public const string Name = "package-versions";
    public const string CentralPath = "Directory.Packages.props";

    /// <param name="projects">Project files and Directory.Build.props.</param>
    /// <param name="central">The text of Directory.Packages.props.</param>
    public static IEnumerable<Finding> Check(IReadOnlyCollection<ProjectFile> projects, string central)
    {
        var pinned = XDocument.Parse(central).Descendants("PackageVersion")
            .ToDictionary(one => (string)one.Attribute("Include")!, one => (string?)one.Attribute("Version") ?? "", StringComparer.OrdinalIgnoreCase);
        foreach (var (package, version) in pinned)
            if (!Exact().IsMatch(version)) yield return new Finding(Name, CentralPath, package, 1, $"{package} {version}: not one exact version");
        foreach (var package in pinned.Keys.Where(package => projects.All(project => !project.Packages.Any(one => Same(one.Name, package)))))
            yield return new Finding(Name, CentralPath, package, 1, $"{package} is used by no project");
        foreach (var project in projects)
            foreach (var (package, version) in project.Packages)
                if (version is not null) yield return new Finding(Name, project.Path, package, 1, $"version {version} of {package} belongs into {CentralPath}");
                else if (!pinned.ContainsKey(package)) yield return new Finding(Name, project.Path, package, 1, $"{package} has no version in {CentralPath}");
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^\d+(\.\d+){1,3}(-[0-9A-Za-z.-]+)?$")]
    private static partial Regex Exact();
}
