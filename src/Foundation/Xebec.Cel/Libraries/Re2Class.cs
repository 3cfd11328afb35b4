using System.Text;

namespace Xebec.Cel.Libraries;

/// <summary>A bracketed class of a pattern, such as <c>[^a-z[:digit:]]</c>.</summary>
internal sealed class Re2Class(string pattern, int start)
{
    private int _at = start + 1;

    /// <summary>Writes the class for .NET and returns the offset behind it.</summary>
    public int WriteTo(StringBuilder result)
    {
        result.Append('[');
        if (Peek() == '^')
        {
            _at++;
            result.Append('^');
        }

        for (var isFirst = true; Peek() != ']' || isFirst; isFirst = false)
        {
            if (_at >= pattern.Length)
                throw new RegexSyntaxException("missing closing ]", pattern[start..]);
            if (!TryNamed(result))
                Range(result);
        }

        result.Append(']');
        return _at + 1;
    }

    private char Peek(int ahead = 0) => _at + ahead < pattern.Length ? pattern[_at + ahead] : '\0';

    private bool TryNamed(StringBuilder result)
    {
        if (Peek() != '[' || Peek(1) != ':' || pattern.IndexOf(":]", _at + 2, StringComparison.Ordinal) is not (>= 0 and var end))
            return false;
        var name = pattern[(_at + 2)..end];
        result.Append(Members(name) ?? throw new RegexSyntaxException("invalid character class range", pattern[_at..(end + 2)]));
        _at = end + 2;
        return true;
    }

    private static string? Members(string name) => name switch
    {
        "alnum" => "0-9A-Za-z",
        "alpha" => "A-Za-z",
        "ascii" => "\\x00-\\x7F",
        "blank" => "\\t ",
        "cntrl" => "\\x00-\\x1F\\x7F",
        "digit" => "0-9",
        "graph" => "!-~",
        "lower" => "a-z",
        "print" => " -~",
        "punct" => "!-/:-@\\[-`\\{-~",
        "space" => "\\t\\n\\v\\f\\r ",
        "upper" => "A-Z",
        "word" => "0-9A-Za-z_",
        "xdigit" => "0-9A-Fa-f",
        _ => null,
    };

    private void Range(StringBuilder result)
    {
        if (Peek() == '\\' && Peek(1) is 'd' or 'D' or 'w' or 'W' or 's' or 'S' or 'p' or 'P')
        {
            _at = Re2Escape.Write(pattern, _at, result, inClass: true);
            return;
        }

        var from = _at;
        var low = Character();
        if (Peek() != '-' || Peek(1) is ']' or '\0')
        {
            Re2Escape.Append(result, low, 0);
            return;
        }

        _at++;
        var high = Character();
        if (high < low)
            throw new RegexSyntaxException("invalid character class range", pattern[from.._at]);
        Re2Escape.Append(result, Math.Min(low, 0xFFFF), 0);
        result.Append('-');
        Re2Escape.Append(result, Math.Min(high, 0xFFFF), 0);
    }

    private int Character()
    {
        if (Peek() != '\\')
        {
            var plain = char.IsSurrogatePair(pattern, _at) ? char.ConvertToUtf32(pattern, _at) : pattern[_at];
            _at += plain > 0xFFFF ? 2 : 1;
            return plain;
        }

        if (_at + 1 >= pattern.Length)
            throw new RegexSyntaxException("missing closing ]", pattern[start..]);
        var escape = _at;
        _at = Re2Escape.Character(pattern, _at, out var codePoint);
        return codePoint >= 0 ? codePoint : throw new RegexSyntaxException("invalid escape sequence", pattern.Substring(escape, 2));
    }
}
