using System.Globalization;
using System.Text;

namespace Xebec.ApiMachinery.Yaml;

/// <summary>How a text is written: plain where that reads back as the same text, else quoted, or as a literal block.</summary>
internal static class YamlText
{
    /// <summary>The text on one line: plain, single quoted, or double quoted when plain would be another type or needs escapes.</summary>
    public static string Quote(string text)
    {
        if (NeedsEscape(text) || !YamlScalars.IsText(text) || IsBase60(text) || YamlScalars.IsTimestamp(text))
            return DoubleQuote(text);
        return CanBePlain(text) ? text : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    /// <summary>Whether a text of several lines can be a literal block.</summary>
    public static bool CanBeLiteral(string text)
    {
        foreach (var letter in text)
        {
            if (letter != '\n' && letter != '\t' && IsUnprintable(letter))
                return false;
        }

        return !text.Contains(" \n", StringComparison.Ordinal) && !text.StartsWith('\n') && text[^1] != ' ';
    }

    /// <summary>Writes a literal block; the chomping indicator says how many line breaks end the text.</summary>
    public static void WriteLiteral(StringBuilder output, string text, int indent)
    {
        output.Append('|');
        if (text.StartsWith(' '))
            output.Append('2');
        output.Append(!text.EndsWith('\n') ? "-" : text.EndsWith("\n\n", StringComparison.Ordinal) ? "+" : "");
        var body = text.EndsWith('\n') ? text[..^1] : text;
        foreach (var line in body.Split('\n'))
        {
            output.Append('\n');
            if (line.Length > 0)
                output.Append(' ', Math.Max(indent, 2)).Append(line);
        }
    }

    private static bool CanBePlain(string text)
    {
        if ("-?:,[]{}#&*!|>'\"%@`".Contains(text[0], StringComparison.Ordinal) && !IsPlainStart(text))
            return false;
        if (text[0] == ' ' || text[^1] == ' ' || text[^1] == ':' || text.StartsWith("---", StringComparison.Ordinal) || text.StartsWith("...", StringComparison.Ordinal))
            return false;
        return !text.Contains(": ", StringComparison.Ordinal) && !text.Contains(" #", StringComparison.Ordinal) && text != "<<";
    }

    // A dash, question mark or colon may begin a plain text when no space follows.
    private static bool IsPlainStart(string text) => text[0] is '-' or '?' or ':' && text.Length > 1 && text[1] != ' ';

    private static bool IsBase60(string text)
    {
        var hasColon = false;
        foreach (var letter in text)
        {
            hasColon |= letter == ':';
            if (!char.IsAsciiDigit(letter) && letter is not (':' or '.' or '_' or '+' or '-'))
                return false;
        }

        return hasColon;
    }

    private static bool NeedsEscape(string text)
    {
        foreach (var letter in text)
        {
            if (IsUnprintable(letter))
                return true;
        }

        return false;
    }

    private static bool IsUnprintable(char letter) => letter is < ' ' or '\u007f' or (>= '\u0080' and < '\u00a0') or '\u2028' or '\u2029' or '\ufeff' or '\ufffe' or '\uffff';

    private static string DoubleQuote(string text)
    {
        var result = new StringBuilder(text.Length + 2).Append('"');
        foreach (var letter in text)
        {
            if (letter is '"' or '\\')
                result.Append('\\').Append(letter);
            else if (letter is '\n' or '\t' or '\r')
                result.Append(letter == '\n' ? "\\n" : letter == '\t' ? "\\t" : "\\r");
            else if (IsUnprintable(letter))
                result.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            else
                result.Append(letter);
        }

        return result.Append('"').ToString();
    }
}
