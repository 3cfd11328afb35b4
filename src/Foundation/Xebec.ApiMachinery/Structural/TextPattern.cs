using System.Text;
using System.Text.RegularExpressions;

namespace Xebec.ApiMachinery.Structural;

/// <summary>A pattern in the syntax of Go's regexp (RE2), matched in linear time. It is compiled at first use.</summary>
public sealed class TextPattern
{
    private readonly Lazy<Regex?> _regex;

    /// <summary>Makes one of its source.</summary>
    public TextPattern(string source)
    {
        Source = source;
        _regex = new Lazy<Regex?>(() => Compile(source));
    }

    /// <summary>The pattern as it was written.</summary>
    public string Source { get; }

    /// <summary>Whether the pattern can be compiled.</summary>
    public bool IsValid => _regex.Value is not null;

    /// <summary>Whether a part of the text matches; a pattern that cannot be compiled matches nothing.</summary>
    public bool IsMatch(string text) => _regex.Value?.IsMatch(text) == true;

    private static Regex? Compile(string source)
    {
        try
        {
            return new Regex(Translate(source), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    // Where RE2 and .NET differ: classes are ASCII, $ is the very end, groups are named (?P<name>…), \z is \z and \C does not exist.
    private static string Translate(string source)
    {
        var result = new StringBuilder(source.Length + 16);
        var inClass = false;
        for (var i = 0; i < source.Length; i++)
        {
            var letter = source[i];
            if (letter == '\\' && i + 1 < source.Length)
            {
                i++;
                result.Append(Escape(source[i], inClass));
            }
            else if (inClass && letter == '[' && TakePosixClass(source, ref i) is { } posix)
            {
                result.Append(posix);
            }
            else if (!inClass && letter == '(' && string.CompareOrdinal(source, i, "(?P<", 0, 4) == 0)
            {
                result.Append("(?<");
                i += 3;
            }
            else if (!inClass && letter == '$')
            {
                result.Append("\\z");
            }
            else
            {
                result.Append(inClass && letter == '[' ? "\\[" : letter);
                inClass = letter switch { '[' => true, ']' when !IsFirstInClass(source, i) => false, _ => inClass };
            }
        }

        return result.ToString();
    }

    private static bool IsFirstInClass(string source, int at) =>
        at > 0 && (source[at - 1] == '[' || (source[at - 1] == '^' && at > 1 && source[at - 2] == '['));

    private static string Escape(char letter, bool inClass) => (letter, inClass) switch
    {
        ('d', true) => "0-9",
        ('w', true) => "0-9A-Za-z_",
        ('s', true) => "\\t\\n\\f\\r ",
        ('d', false) => "[0-9]",
        ('D', false) => "[^0-9]",
        ('w', false) => "[0-9A-Za-z_]",
        ('W', false) => "[^0-9A-Za-z_]",
        ('s', false) => "[\\t\\n\\f\\r ]",
        ('S', false) => "[^\\t\\n\\f\\r ]",
        _ => "\\" + letter,
    };

    private static string? TakePosixClass(string source, ref int at)
    {
        var end = source.IndexOf(":]", at, StringComparison.Ordinal);
        if (end < 0 || at + 1 >= source.Length || source[at + 1] != ':')
            return null;
        var set = source[(at + 2)..end] switch
        {
            "alnum" => "0-9A-Za-z",
            "alpha" => "A-Za-z",
            "digit" => "0-9",
            "lower" => "a-z",
            "upper" => "A-Z",
            "space" => "\\t\\n\\v\\f\\r ",
            "word" => "0-9A-Za-z_",
            "xdigit" => "0-9A-Fa-f",
            "punct" => "!-/:-@\\[-`{-~",
            "print" => " -~",
            "graph" => "!-~",
            "cntrl" => "\\x00-\\x1f\\x7f",
            "blank" => "\\t ",
            "ascii" => "\\x00-\\x7f",
            _ => null,
        };
        if (set is not null)
            at = end + 1;
        return set;
    }
}
