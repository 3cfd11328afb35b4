using System.Globalization;
using System.Text.RegularExpressions;
using Xebec.Tidy.Tests.Documents;

namespace Xebec.Tidy.Tests.Rules;

/// <summary>A decision record has its number in name and title, says context, decision and consequences, and is in the index.</summary>
public static partial class DecisionRecords
{
    public const string Name = "decision-records";
    public const string Folder = "docs/adr/";
    public const string IndexPath = Folder + "README.md";
    public const int MaxLines = 60;
    private static readonly string[] Sections = ["Context", "Decision", "Consequences"];

    public static IEnumerable<Finding> Check(MarkdownFile record)
    {
        var number = FileName().Match(Path.GetFileName(record.Path)).Groups[1].Value;
        if (number.Length == 0) yield return Finding(record, "name", "is not named NNNN-what-was-decided.md");
        var title = record.Text.Split('\n')[0];
        var stated = Title().Match(title).Groups[1].Value;
        if (number.Length > 0 && (stated.Length == 0 || int.Parse(stated, CultureInfo.InvariantCulture) != int.Parse(number, CultureInfo.InvariantCulture)))
            yield return Finding(record, "title", $"the title does not begin with its number: {title}");
        foreach (var section in Sections)
            if (!Regex.IsMatch(record.Text, $@"^(#+ {section}\b|\*\*{section}\b)", RegexOptions.Multiline))
                yield return Finding(record, section, $"has no section {section}");
        var lines = record.Text.TrimEnd().Split('\n').Length;
        if (lines > MaxLines) yield return new Finding(Name, record.Path, "length", lines, $"{lines} lines; a decision record is half a page");
    }

    public static IEnumerable<Finding> CheckIndex(IReadOnlyCollection<string> recordPaths, MarkdownFile index)
    {
        var listed = index.Links.ToHashSet(StringComparer.Ordinal);
        var numbers = recordPaths.GroupBy(path => Path.GetFileName(path)[..4]).Where(same => same.Count() > 1);
        return recordPaths.Where(path => !listed.Contains(Path.GetFileName(path))).Select(path => new Finding(Name, path, "index", 1, $"is not in {IndexPath}"))
            .Concat(numbers.Select(same => new Finding(Name, same.Last(), "number", 1, $"number {same.Key} is taken by {same.First()}")));
    }

    private static Finding Finding(MarkdownFile record, string name, string message) => new(Name, record.Path, name, 1, message);

    [GeneratedRegex(@"^(\d{4})-[a-z0-9-]+\.md$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"^# (\d+)[.:] \S")]
    private static partial Regex Title();
}
