using System.Text.RegularExpressions;

namespace Xebec.Tidy.Tests.Documents;

/// <summary>A Markdown file: headings, links, tables, fenced blocks; just as much of the format as the project's documents use.</summary>
public sealed partial class MarkdownFile(string path, string text)
{
    public string Path => path;

    public string Text => text;

    /// <summary>The text of each heading, outside of fenced blocks.</summary>
    public IEnumerable<string> Headings => Prose.Where(line => HeadingStart().IsMatch(line)).Select(line => line.TrimStart('#').Trim());

    /// <summary>The names that links can point to.</summary>
    public IEnumerable<string> Anchors => Headings.Select(Anchor);

    /// <summary>The targets of all inline links, outside of fenced blocks and code spans.</summary>
    public IEnumerable<string> Links =>
        Prose.SelectMany(line => Link().Matches(CodeSpan().Replace(line, "")).Select(match => match.Groups[1].Value));

    /// <summary>The content of every code span, outside of fenced blocks.</summary>
    public IEnumerable<string> CodeSpans => Prose.SelectMany(line => CodeSpan().Matches(line).Select(match => match.Groups[1].Value));

    /// <summary>The rows of the first table whose first header cell is the given one, without header and rule.</summary>
    public IReadOnlyList<string[]> Table(string firstHeader) =>
    [
        .. Prose.SkipWhile(line => !IsRow(line) || Cells(line)[0] != firstHeader).TakeWhile(IsRow).Skip(2).Select(Cells),
    ];

    /// <summary>Every fenced block.</summary>
    public IReadOnlyList<FencedBlock> Blocks
    {
        get
        {
            var (blocks, lines) = (new List<FencedBlock>(), text.Split('\n'));
            for (var i = 0; i < lines.Length; i++)
            {
                if (!lines[i].StartsWith("```", StringComparison.Ordinal)) continue;
                var end = Array.FindIndex(lines, i + 1, line => line.StartsWith("```", StringComparison.Ordinal));
                if (end < 0) end = lines.Length;
                var before = i > 0 ? lines[i - 1].Trim() : "";
                blocks.Add(new FencedBlock(lines[i][3..].Trim(), before, i + 1, string.Join('\n', lines[(i + 1)..end])));
                i = end;
            }

            return blocks;
        }
    }

    /// <summary>The lines outside of fenced blocks.</summary>
    private IEnumerable<string> Prose
    {
        get
        {
            var isFenced = false;
            foreach (var line in text.Split('\n'))
            {
                var isFence = line.StartsWith("```", StringComparison.Ordinal);
                if (isFence) isFenced = !isFenced;
                else if (!isFenced) yield return line;
            }
        }
    }

    public static string Anchor(string heading) =>
        NotAnchor().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-');

    private static bool IsRow(string line) => line.StartsWith('|');

    private static string[] Cells(string line) => [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];

    [GeneratedRegex(@"^#{1,6} ")]
    private static partial Regex HeadingStart();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NotAnchor();
}
