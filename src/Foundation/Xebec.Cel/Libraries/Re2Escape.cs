using System.Globalization;
using System.Text;

namespace Xebec.Cel.Libraries;

/// <summary>Escapes of RE2's patterns: characters, and classes by letter or Unicode property.</summary>
internal static class Re2Escape
{
    /// <summary>Writes the escape at an offset for .NET and returns the offset behind it.</summary>
    public static int Write(string pattern, int at, StringBuilder result, bool inClass)
    {
        if (at + 1 >= pattern.Length)
            throw new RegexSyntaxException("trailing backslash at end of expression", "");
        var letter = pattern[at + 1];
        if (ClassOf(letter) is { } members && (!inClass || !char.IsAsciiLetterUpper(letter)))
        {
            result.Append(inClass ? members : char.IsAsciiLetterUpper(letter) ? $"[^{members}]" : $"[{members}]");
            return at + 2;
        }

        if (inClass && letter is 'D' or 'W' or 'S')
        {
            result.Append(Complement(letter));
            return at + 2;
        }

        if (letter is 'p' or 'P')
            return Property(pattern, at, result);
        return Character(pattern, at, out var codePoint) is var next && codePoint >= 0
            ? Append(result, codePoint, next)
            : throw new RegexSyntaxException("invalid escape sequence", pattern.Substring(at, 2));
    }

    /// <summary>Reads an escaped character and returns the offset behind it; the code point is -1 when it is none.</summary>
    public static int Character(string pattern, int at, out int codePoint)
    {
        var letter = pattern[at + 1];
        codePoint = letter switch
        {
            'a' => 7,
            'f' => '\f',
            't' => '\t',
            'n' => '\n',
            'r' => '\r',
            'v' => '\v',
            _ when char.IsAscii(letter) && !char.IsAsciiLetterOrDigit(letter) => letter,
            _ => -1,
        };
        if (codePoint >= 0)
            return at + 2;
        if (letter == 'x')
            return Hex(pattern, at, out codePoint);
        var end = at + 1;
        while (letter is >= '0' and <= '7' && end < pattern.Length && end < at + 4 && pattern[end] is >= '0' and <= '7')
            end++;
        // A single digit but 0 would be a reference to a group, which RE2 does not have.
        if (end - at - 1 >= 2 || letter == '0')
            codePoint = Convert.ToInt32(pattern[(at + 1)..end], 8);
        return end;
    }

    public static int Append(StringBuilder result, int codePoint, int next)
    {
        foreach (var unit in Rune.IsValid(codePoint) ? new Rune(codePoint).ToString() : "\uFFFD")
            result.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
        return next;
    }

    private static int Hex(string pattern, int at, out int codePoint)
    {
        var braced = at + 2 < pattern.Length && pattern[at + 2] == '{';
        var start = braced ? at + 3 : at + 2;
        var end = braced ? pattern.IndexOf('}', start) : start + 2;
        codePoint = -1;
        if (end < 0 || end > pattern.Length || end == start
            || !int.TryParse(pattern.AsSpan(start, end - start), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            || value > 0x10FFFF)
            return at;
        codePoint = value;
        return braced ? end + 1 : end;
    }

    private static string? ClassOf(char letter) => char.ToLowerInvariant(letter) switch
    {
        'd' when letter is 'd' or 'D' => "0-9",
        'w' when letter is 'w' or 'W' => "0-9A-Za-z_",
        's' when letter is 's' or 'S' => "\\t\\n\\f\\r ",
        _ => null,
    };

    private static string Complement(char letter) => letter switch
    {
        'D' => "\\u0000-/:-\\uFFFF",
        'W' => "\\u0000-/:-@\\[-\\^`\\{-\\uFFFF",
        _ => "\\u0000-\\b\\v\\u000E-\\u001F!-\\uFFFF",
    };

    private static int Property(string pattern, int at, StringBuilder result)
    {
        var end = at + 2 < pattern.Length && pattern[at + 2] == '{' ? pattern.IndexOf('}', at) + 1 : at + 3;
        if (end <= 0 || end > pattern.Length)
            throw new RegexSyntaxException("invalid character class range", pattern[at..]);
        var name = pattern[(at + 2)..end].Trim('{', '}');
        var isNegated = pattern[at + 1] == 'P' ^ name.StartsWith('^');
        name = name.TrimStart('^');
        var known = Script(name) ?? (name.Length is 1 or 2 && name.All(char.IsAsciiLetter) ? name : null)
            ?? throw new RegexSyntaxException("invalid character class range", pattern[at..end]);
        result.Append(isNegated ? "\\P{" : "\\p{").Append(known).Append('}');
        return end;
    }

    private static string? Script(string name) => name switch
    {
        "Greek" => "IsGreek",
        "Cyrillic" => "IsCyrillic",
        "Hebrew" => "IsHebrew",
        "Arabic" => "IsArabic",
        "Thai" => "IsThai",
        "Han" => "IsCJKUnifiedIdeographs",
        "Hiragana" => "IsHiragana",
        "Katakana" => "IsKatakana",
        _ => null,
    };
}
