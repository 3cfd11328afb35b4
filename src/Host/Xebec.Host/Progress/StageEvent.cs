namespace Xebec.Host.Progress;

/// <summary>One line that a detached xebec sends to the one that started it: kind, title and text, tab-separated.</summary>
internal readonly record struct StageEvent(string Kind, string Title, string Text)
{
    public const string Started = "started", Said = "said", Done = "done", Failed = "failed", Line = "line", Ready = "ready";

    public override string ToString() => $"{Kind}\t{Escape(Title)}\t{Escape(Text)}";

    public static StageEvent Parse(string line) =>
        line.Split('\t') is [var kind, var title, var text]
            ? new StageEvent(kind, Unescape(title), Unescape(text))
            : throw new InvalidDataException($"not a stage event: {line}");

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)
            .Replace("\t", "\\t", StringComparison.Ordinal);

    private static string Unescape(string text) => text.Contains('\\') ? string.Concat(UnescapeParts(text)) : text;

    private static IEnumerable<string> UnescapeParts(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length) yield return text[i].ToString();
            else yield return text[++i] switch { 'n' => "\n", 't' => "\t", var other => other.ToString() };
        }
    }
}
