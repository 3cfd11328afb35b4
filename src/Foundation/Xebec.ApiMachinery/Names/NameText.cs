using System.Buffers;
using System.Text;

namespace Xebec.ApiMachinery.Names;

/// <summary>What name rules are made of: character checks without regular expressions, and the form of their messages.</summary>
internal static class NameText
{
    private static readonly SearchValues<char> LabelCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private static readonly SearchValues<char> SearchCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly SearchValues<char> QualifiedCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    private static readonly SearchValues<char> HeaderCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    private static readonly SearchValues<char> IdentifierCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    public static bool IsDnsLabel(ReadOnlySpan<char> text) =>
        text.Length > 0 && text[0] != '-' && text[^1] != '-' && !text.ContainsAnyExcept(LabelCharacters);

    public static bool IsDnsSubdomain(ReadOnlySpan<char> text)
    {
        foreach (var label in text.Split('.'))
        {
            if (!IsDnsLabel(text[label]))
                return false;
        }

        return true;
    }

    public static bool IsDnsSearchDomain(ReadOnlySpan<char> text)
    {
        foreach (var range in text.Split('.'))
        {
            var label = text[range];
            if (label.StartsWith('_'))
                label = label[1..];
            if (label.IsEmpty || IsSeparator(label[0]) || IsSeparator(label[^1]) || label.ContainsAnyExcept(SearchCharacters))
                return false;
        }

        return true;
    }

    private static bool IsSeparator(char c) => c is '-' or '_';

    public static bool IsQualifiedPart(ReadOnlySpan<char> text) =>
        text.Length > 0 && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1]) && IsConfigKey(text);

    public static bool IsConfigKey(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExcept(QualifiedCharacters);

    public static bool IsHeader(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExcept(HeaderCharacters);

    public static bool IsCIdentifier(ReadOnlySpan<char> text) =>
        text.Length > 0 && !char.IsAsciiDigit(text[0]) && !text.ContainsAnyExcept(IdentifierCharacters);

    public static int Utf8Length(string text) => Encoding.UTF8.GetByteCount(text);

    public static string TooLong(int maximumBytes) => $"must be no more than {maximumBytes} bytes";

    public static IReadOnlyList<string> Check(
        string text, int maximumBytes, bool matches, string message, string pattern, params ReadOnlySpan<string> examples)
    {
        var isTooLong = text.Length > maximumBytes || (text.Length > maximumBytes / 3 && Utf8Length(text) > maximumBytes);
        if (matches && !isTooLong)
            return [];
        var errors = new List<string>(2);
        if (isTooLong)
            errors.Add(TooLong(maximumBytes));
        if (!matches)
            errors.Add(PatternMessage(message, pattern, examples));
        return errors;
    }

    public static string PatternMessage(string message, string pattern, params ReadOnlySpan<string> examples)
    {
        var text = new StringBuilder(message).Append(" (e.g. ");
        for (var i = 0; i < examples.Length; i++)
            text.Append(i > 0 ? " or " : "").Append('\'').Append(examples[i]).Append("', ");
        return text.Append("regex used for validation is '").Append(pattern).Append("')").ToString();
    }
}
