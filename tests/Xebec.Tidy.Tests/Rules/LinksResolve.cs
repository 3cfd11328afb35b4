using Xebec.Tidy.Tests.Documents;

namespace Xebec.Tidy.Tests.Rules;

/// <summary>A link to a file or a heading of the repository leads somewhere.</summary>
public static class LinksResolve
{
    public const string Name = "links";

    /// <param name="file">The document.</param>
    /// <param name="find">The document at a path; null when there is none, and one without text for a file or folder of another kind.</param>
    public static IEnumerable<Finding> Check(MarkdownFile file, Func<string, MarkdownFile?> find)
    {
        foreach (var link in file.Links.Distinct().Where(link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal)))
        {
            var parts = link.Split('#', 2);
            var folder = Path.GetDirectoryName("/" + file.Path)!;
            var path = parts[0].Length == 0 ? file.Path : Path.GetFullPath(parts[0], folder)[1..];
            if (find(path) is not { } target) yield return new Finding(Name, file.Path, link, 1, $"the link {link} leads nowhere");
            else if (parts.Length == 2 && !target.Anchors.Contains(parts[1])) yield return new Finding(Name, file.Path, link, 1, $"{path} has no heading #{parts[1]}");
        }
    }
}
