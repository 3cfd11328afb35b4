namespace Xebec.Tidy.Tests.Conformance;

/// <summary>Why entries have no test, or (when it begins with "in part:") what their tests leave out.</summary>
/// <param name="Pattern">The name of an entry, or the beginning of several followed by an asterisk.</param>
/// <param name="Text">What a reader of the document is told.</param>
public sealed record ConformanceReason(string Pattern, string Text)
{
    /// <summary>Whether the entries have tests that leave something out.</summary>
    public bool IsPartial => Text.StartsWith("in part:", StringComparison.Ordinal);

    public bool Matches(string name) =>
        Pattern.EndsWith('*') ? name.StartsWith(Pattern[..^1], StringComparison.Ordinal) : name == Pattern;

    /// <summary>Reads lines of pattern, tab, text; of two that match an entry, the earlier counts.</summary>
    public static IReadOnlyList<ConformanceReason> Parse(string text) =>
    [
        .. from line in text.Split('\n')
           where line.Length > 0
           let cells = line.Split('\t')
           select new ConformanceReason(cells[0], cells[1]),
    ];
}
