using System.Xml.Linq;

namespace Xebec.Tidy.Tests.Rules;

/// <summary>The solution holds every project of the repository.</summary>
public static class SolutionIsWhole
{
    public const string Name = "solution";
    public const string SolutionPath = "Xebec.slnx";

    public static IEnumerable<Finding> Check(IReadOnlyCollection<string> projectPaths, string solution)
    {
        var listed = XDocument.Parse(solution).Descendants("Project").Select(one => ((string)one.Attribute("Path")!).Replace('\\', '/')).ToHashSet(StringComparer.Ordinal);
        return projectPaths.Where(path => !listed.Contains(path)).Select(path => new Finding(Name, path, "-", 1, $"is not in {SolutionPath}"))
            .Concat(listed.Where(path => !projectPaths.Contains(path)).Select(path => new Finding(Name, SolutionPath, path, 1, $"{path} does not exist")));
    }
}
