using System.Globalization;
using System.Text;

namespace Xebec.Cel.Syntax;

/// <summary>An expression's text, and the form in which mistakes in it are shown.</summary>
internal sealed class SourceText(string text)
{
    private const int MaximumShown = 100;

    public string Text { get; } = text;

    public CelIssue IssueAt(int offset, string message)
    {
        if (offset < 0)
            return new CelIssue(-1, -1, message);
        var line = 1;
        var start = 0;
        for (var i = 0; i < offset && i < Text.Length; i++)
        {
            if (Text[i] != '\n')
                continue;
            line++;
            start = i + 1;
        }

        return new CelIssue(line, CodePoints(Text.AsSpan(start, Math.Min(offset, Text.Length) - start)), message);
    }

    public CelCompileException Failure(IEnumerable<CelIssue> found)
    {
        var issues = found.OrderBy(i => i.Line).ThenBy(i => i.Column).ToArray();
        var message = string.Join('\n', issues.Take(MaximumShown).Select(Show));
        if (issues.Length > MaximumShown)
            message += string.Create(CultureInfo.InvariantCulture, $"\n{issues.Length - MaximumShown} more errors were truncated");
        return new CelCompileException(message, issues);
    }

    private static int CodePoints(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
            count++;
        return count;
    }

    private string Show(CelIssue issue)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"ERROR: <input>:{issue.Line}:{issue.Column + 1}: {issue.Message}");
        if (issue.Line <= 0)
            return text.ToString();
        var line = Text.Split('\n')[issue.Line - 1].Replace('\t', ' ');
        text.Append("\n | ").Append(line).Append("\n | ");
        var column = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (column == issue.Column)
                return text.Append(rune.IsAscii ? "^" : "＾").ToString();
            text.Append(rune.IsAscii ? "." : "．");
            column++;
        }

        return text.Append('^').ToString();
    }
}
