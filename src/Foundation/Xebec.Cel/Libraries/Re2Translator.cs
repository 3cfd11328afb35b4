using System.Globalization;
using System.Text;

namespace Xebec.Cel.Libraries;

/// <summary>
/// Writes a pattern of RE2's syntax in .NET's: classes are ASCII, $ is the end of the text, and what RE2 does not have is refused
/// (RE2 "Syntax").
/// </summary>
internal sealed class Re2Translator(string pattern)
{
    private const int MaximumRepeat = 1000;
    private const int MaximumGroups = 1000;
    private readonly StringBuilder _result = new(pattern.Length + 16);
    private readonly Stack<(bool IsMultiline, int Repeats)> _outside = new();
    private int _at;
    private int _groups;
    private bool _isMultiline;

    // How often nested counts repeat the operand, and at most anything in this group: their product is bounded.
    private int _operandRepeats = 1;
    private int _groupRepeats = 1;
    private int _count = 1;

    // Where the last thing that can be repeated starts; negative when there is none, or it is repeated already.
    private int _operand = -1;

    public string Translate()
    {
        while (_at < pattern.Length)
            Next();
        if (_outside.Count > 0)
            throw new RegexSyntaxException("missing closing )", pattern);
        return _result.ToString();
    }

    private char Peek(int ahead = 0) => _at + ahead < pattern.Length ? pattern[_at + ahead] : '\0';

    private void Next()
    {
        switch (pattern[_at])
        {
            case '*' or '+' or '?':
                _count = 1;
                Repeat(_at + 1);
                break;
            case '{' when RepeatEnd() is { } end:
                Repeat(end);
                break;
            case '(':
                Open();
                break;
            case ')':
                Close();
                break;
            case '[':
                Operand(() => _at = new Re2Class(pattern, _at).WriteTo(_result));
                break;
            case '\\':
                Escape();
                break;
            case '|':
                _operand = -1;
                Copy(1);
                break;
            case '^':
                Operand(() => Put(_isMultiline ? "(?m:^)" : "\\A", 1));
                break;
            case '$':
                Operand(() => Put(_isMultiline ? "(?m:$)" : "\\z", 1));
                break;
            default:
                Operand(Literal);
                break;
        }
    }

    private void Literal()
    {
        if (pattern[_at] is '{' or '}' or '#' or ' ')
            Put("\\" + pattern[_at], 1);
        else if (char.IsSurrogatePair(pattern, _at))
            Put($"(?:{pattern.AsSpan(_at, 2)})", 2);
        else
            Copy(1);
    }

    private void Operand(Action write)
    {
        var start = _result.Length;
        write();
        _operand = start;
        _operandRepeats = 1;
    }

    private void Copy(int count) => Put(pattern.Substring(_at, count), count);

    private void Put(string text, int consumed)
    {
        _result.Append(text);
        _at += consumed;
    }

    // The end of {n}, {n,} or {n,m}; null when the brace is a literal.
    private int? RepeatEnd()
    {
        var close = pattern.IndexOf('}', _at);
        if (close < 0)
            return null;
        var parts = pattern[(_at + 1)..close].Split(',');
        if (parts.Length > 2 || parts[0].Length == 0 || parts.Any(p => p.AsSpan().ContainsAnyExceptInRange('0', '9')))
            return null;
        var numbers = parts.Where(p => p.Length > 0)
            .Select(p => p.Length > 4 ? int.MaxValue : int.Parse(p, CultureInfo.InvariantCulture)).ToArray();
        if (numbers.Any(n => n > MaximumRepeat) || (numbers.Length == 2 && numbers[0] > numbers[1]))
            throw new RegexSyntaxException("invalid repeat count", pattern[_at..(close + 1)]);
        _count = Math.Max(1, numbers.Max());
        return close + 1;
    }

    private void Repeat(int end)
    {
        if (end < pattern.Length && pattern[end] == '?')
            end++;
        var text = pattern[_at..end];
        if (_operand == -2)
            throw new RegexSyntaxException("invalid nested repetition operator", text);
        if (_operand < 0)
            throw new RegexSyntaxException("missing argument to repetition operator", text);
        _operandRepeats *= _count;
        if (_operandRepeats > MaximumRepeat)
            throw new RegexSyntaxException("invalid repeat count", text);
        _groupRepeats = Math.Max(_groupRepeats, _operandRepeats);
        Put(text, text.Length);
        _operand = -2;
    }

    private void Open()
    {
        if (++_groups > MaximumGroups)
            throw new RegexSyntaxException("expression nests too deeply", pattern);
        _operand = -1;
        if (Peek(1) != '?')
        {
            PushGroup();
            Copy(1);
            return;
        }

        var named = pattern.AsSpan(_at).StartsWith("(?P<", StringComparison.Ordinal) ? 4
            : pattern.AsSpan(_at).StartsWith("(?<", StringComparison.Ordinal) && Peek(3) is not ('=' or '!') ? 3 : 0;
        if (named > 0)
            OpenNamed(named);
        else
            OpenFlags();
    }

    private void OpenNamed(int prefix)
    {
        var end = pattern.IndexOf('>', _at);
        var name = end < 0 ? "" : pattern[(_at + prefix)..end];
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            throw new RegexSyntaxException("invalid named capture", end < 0 ? pattern[_at..] : pattern[_at..(end + 1)]);
        PushGroup();
        Put("(", end + 1 - _at);
    }

    private void OpenFlags()
    {
        var end = pattern.AsSpan(_at).IndexOfAny(':', ')');
        var flags = end < 0 ? "" : pattern.Substring(_at + 2, end - 2);
        if (end < 0 || flags.Trim('i', 'm', 's', 'U', '-').Length > 0 || flags.Count(c => c == '-') > 1 || flags.EndsWith('-')
            || (flags.Length == 0 && pattern[_at + end] == ')'))
            throw new RegexSyntaxException("invalid or unsupported Perl syntax", pattern.Substring(_at, Math.Min(3, pattern.Length - _at)));
        if (flags.Contains('U', StringComparison.Ordinal))
            throw new RegexSyntaxException("invalid or unsupported Perl syntax", pattern.Substring(_at, end + 1));
        var opens = pattern[_at + end] == ':';
        if (opens)
            PushGroup();
        var minus = flags.IndexOf('-', StringComparison.Ordinal);
        var m = flags.IndexOf('m', StringComparison.Ordinal);
        if (m >= 0)
            _isMultiline = minus < 0 || m < minus;
        Put($"(?{flags.Replace("m", "", StringComparison.Ordinal).TrimEnd('-')}{(opens ? ":" : ")")}", end + 1);
        if (_result.ToString().EndsWith("(?)", StringComparison.Ordinal))
            _result.Length -= 3;
    }

    private void Close()
    {
        if (_outside.Count == 0)
            throw new RegexSyntaxException("unexpected )", pattern);
        (_isMultiline, var outside) = _outside.Pop();
        (_operandRepeats, _groupRepeats) = (_groupRepeats, Math.Max(_groupRepeats, outside));
        Copy(1);
        _operand = 0;
    }

    private void PushGroup()
    {
        _outside.Push((_isMultiline, _groupRepeats));
        _groupRepeats = 1;
    }

    private void Escape()
    {
        if (_at + 1 >= pattern.Length)
            throw new RegexSyntaxException("trailing backslash at end of expression", "");
        if (Peek(1) == 'Q')
        {
            Quote();
            return;
        }

        if (Peek(1) is 'A' or 'z' or 'b' or 'B')
            Operand(() => Copy(2));
        else
            Operand(() => _at = Re2Escape.Write(pattern, _at, _result, inClass: false));
    }

    private void Quote()
    {
        var end = pattern.IndexOf("\\E", _at, StringComparison.Ordinal);
        var text = end < 0 ? pattern[(_at + 2)..] : pattern[(_at + 2)..end];
        foreach (var letter in text)
            Operand(() => _result.Append(System.Text.RegularExpressions.Regex.Escape(letter.ToString())));
        _at = end < 0 ? pattern.Length : end + 2;
    }
}
