using System.Text;

namespace Xebec.Tidy.Tests.Conformance;

/// <summary>docs/conformance.md as the list says it.</summary>
public static class ConformanceDocument
{
    public const string Path = "docs/conformance.md";

    public static string Write(ConformanceList list)
    {
        var areas = list.Entries.GroupBy(entry => entry.Area).OrderBy(area => area.Key, StringComparer.Ordinal).ToList();
        var text = new StringBuilder(Head).Append("\n| area | entries | with a test | without |\n|---|---|---|---|\n");
        foreach (var area in areas) AppendCount(text, $"[{area.Key}](#{area.Key})", list, area);
        AppendCount(text, "all", list, list.Entries);
        foreach (var area in areas) AppendArea(text, list, area);
        return text.ToString();
    }

    private static void AppendCount(StringBuilder text, string title, ConformanceList list, IEnumerable<ConformanceEntry> entries)
    {
        var (all, covered) = (entries.Count(), entries.Count(entry => list.TestsOf(entry).Count > 0));
        text.Append($"| {title} | {all} | {covered} | {all - covered} |\n");
    }

    private static void AppendArea(StringBuilder text, ConformanceList list, IGrouping<string, ConformanceEntry> area)
    {
        text.Append($"\n## {area.Key}\n\n| entry | since | test, or why there is none |\n|---|---|---|\n");
        foreach (var entry in area) text.Append($"| {entry.Title} | {entry.Release} | {Cover(list, entry)} |\n");
    }

    private static string Cover(ConformanceList list, ConformanceEntry entry)
    {
        var tests = list.TestsOf(entry).Select(test => $"[{test.Name}](../{test.Path})");
        return string.Join("; ", list.ReasonOf(entry) is { } reason ? tests.Append(reason.Text) : tests);
    }

    private const string Head =
        """
        # Conformance

        Each entry of Kubernetes' conformance list with the tests here that hold what it demands, or the reason why none does. The entries are
        those of `tests/Conformance/entries.tsv`; a test names its entries by the attribute of `tests/Conformance/ConformanceAttribute.cs`, and
        `tests/Conformance/reasons.tsv` has the reasons. This file is written by `eng/update-conformance`.

        """;
}
