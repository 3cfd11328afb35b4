using Xebec.Tidy.Tests.Documents;
using Xebec.Tidy.Tests.Sources;

namespace Xebec.Tidy.Tests.Rules;

/// <summary>The references between the projects of src/ are those of the table in ARCHITECTURE.md, no more and no fewer.</summary>
public static class ProjectGraph
{
    public const string Name = "project-graph";
    public const string TableHeader = "project";
    private const string Prefix = "Xebec.";

    /// <summary>The table: each project with what it may reference; null for everything.</summary>
    public static Dictionary<string, HashSet<string>?> Table(MarkdownFile architecture)
    {
        var table = new Dictionary<string, HashSet<string>?>(StringComparer.Ordinal);
        foreach (var row in architecture.Table(TableHeader))
            foreach (var project in Names(row[0]))
                table.Add(project, row[1] == "all" ? null : row[1] == "nothing" ? [] : Names(row[1]));
        return table;
    }

    public static IEnumerable<Finding> Check(IReadOnlyDictionary<string, HashSet<string>?> table, IReadOnlyCollection<ProjectFile> projects)
    {
        foreach (var project in projects)
        {
            if (!table.TryGetValue(Short(project.Path), out var allowed))
            {
                yield return Finding(project, "-", $"{project.Name} is not in the table of ARCHITECTURE.md");
                continue;
            }

            var actual = project.References.Where(path => path.StartsWith("src/", StringComparison.Ordinal)).Select(Short).ToHashSet(StringComparer.Ordinal);
            foreach (var extra in actual.Where(one => allowed is not null && !allowed.Contains(one)))
                yield return Finding(project, extra, $"references {Prefix}{extra}, which the table of ARCHITECTURE.md does not allow");
            foreach (var missing in allowed?.Where(one => !actual.Contains(one)) ?? [])
                yield return Finding(project, missing, $"does not reference {Prefix}{missing}, as the table of ARCHITECTURE.md says");
        }

        foreach (var name in table.Keys.Where(name => projects.All(project => Short(project.Path) != name)))
            yield return new Finding(Name, "ARCHITECTURE.md", name, 1, $"the table names {name}, which is no project below src/");
    }

    private static Finding Finding(ProjectFile project, string name, string message) => new(Name, project.Path, name, 1, message);

    private static HashSet<string> Names(string cell) => [.. cell.Split(',', StringSplitOptions.TrimEntries)];

    private static string Short(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
    }
}
