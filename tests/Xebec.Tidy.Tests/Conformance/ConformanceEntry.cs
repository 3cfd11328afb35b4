namespace Xebec.Tidy.Tests.Conformance;

/// <summary>One entry of Kubernetes' conformance list.</summary>
/// <param name="Name">Its whole name, from its area to its last tag, without the tag that all have.</param>
/// <param name="Release">The release that brought it: v1.29.</param>
public sealed record ConformanceEntry(string Name, string Release)
{
    /// <summary>The special interest group in the name's first brackets: sig-apps.</summary>
    public string Area => Name[1..Name.IndexOf(']', StringComparison.Ordinal)];

    /// <summary>The name without the area.</summary>
    public string Title => Name[(Area.Length + 3)..];

    /// <summary>Reads lines of name, tab, release.</summary>
    public static IReadOnlyList<ConformanceEntry> Parse(string text) =>
    [
        .. from line in text.Split('\n')
           where line.Length > 0
           let cells = line.Split('\t')
           select new ConformanceEntry(cells[0], cells[1]),
    ];
}
