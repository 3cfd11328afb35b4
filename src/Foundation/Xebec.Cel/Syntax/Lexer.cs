using System.Text;

namespace Xebec.Cel.Syntax;

/// <summary>Cuts an expression into tokens (CEL specification, "Syntax").</summary>
internal sealed class Lexer(string text)
{
    private static readonly string[] Punctuation =
        ["==", "!=", "<=", ">=", "&&", "||", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".", ",", "(", ")", "[", "]", "{", "}"];

    private int _at;

    public List<Token> ReadAll()
    {
        var tokens = new List<Token>(text.Length / 3 + 2);
        while (true)
        {
            SkipBlanks();
            var token = Next();
            tokens.Add(token);
            if (token.Kind == TokenKind.End)
                return tokens;
        }
    }

    private char Peek(int ahead = 0) => _at + ahead < text.Length ? text[_at + ahead] : '\0';

    private void SkipBlanks()
    {
        while (_at < text.Length)
        {
            if (text[_at] is ' ' or '\t' or '\n' or '\r' or '\f')
                _at++;
            else if (text[_at] == '/' && Peek(1) == '/')
                _at = text.IndexOf('\n', _at) is >= 0 and var end ? end : text.Length;
            else
                return;
        }
    }

    private Token Next()
    {
        if (_at >= text.Length)
            return new(TokenKind.End, "", text.Length);
        if (StringStart() is { } quoteAt)
            return ReadString(quoteAt);
        if (char.IsAsciiLetter(Peek()) || Peek() == '_')
            return ReadWord();
        if (char.IsAsciiDigit(Peek()) || (Peek() == '.' && char.IsAsciiDigit(Peek(1))))
            return ReadNumber();
        foreach (var mark in Punctuation)
        {
            if (!text.AsSpan(_at).StartsWith(mark, StringComparison.Ordinal))
                continue;
            _at += mark.Length;
            return new(TokenKind.Punctuation, mark, _at - mark.Length);
        }

        var wrong = Rune.TryGetRuneAt(text, _at, out var rune) ? rune.ToString() : text[_at].ToString();
        throw new SyntaxException(_at, $"Syntax error: token recognition error at: '{wrong}'");
    }

    // Where the quote is when a string starts here: after up to two prefix letters (r, b in either order and case).
    private int? StringStart()
    {
        var at = _at;
        var (raw, bytes) = (false, false);
        for (; at < text.Length && at < _at + 2; at++)
        {
            if (text[at] is 'r' or 'R' && !raw)
                raw = true;
            else if (text[at] is 'b' or 'B' && !bytes)
                bytes = true;
            else
                break;
        }

        return at < text.Length && text[at] is '"' or '\'' ? at : null;
    }

    private Token ReadString(int quoteAt)
    {
        var start = _at;
        var prefix = text.AsSpan(start, quoteAt - start);
        var isRaw = prefix.IndexOfAny('r', 'R') >= 0;
        var kind = prefix.IndexOfAny('b', 'B') >= 0 ? TokenKind.Bytes : TokenKind.String;
        var quote = new string(text[quoteAt], 3);
        var isTriple = text.AsSpan(quoteAt).StartsWith(quote, StringComparison.Ordinal);
        if (!isTriple)
            quote = quote[..1];
        for (_at = quoteAt + quote.Length; _at < text.Length; _at++)
        {
            if (text.AsSpan(_at).StartsWith(quote, StringComparison.Ordinal))
            {
                _at += quote.Length;
                return new(kind, text[start.._at], start);
            }

            if (!isTriple && text[_at] is '\n' or '\r')
                break;
            if (!isRaw && text[_at] == '\\')
                _at++;
        }

        throw new SyntaxException(start, $"Syntax error: token recognition error at: '{text[start..Math.Min(_at, text.Length)]}'");
    }

    private Token ReadWord()
    {
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Peek()) || Peek() == '_')
            _at++;
        var word = text[start.._at];
        return new(Keyword(word), word, start);
    }

    private static TokenKind Keyword(string word) => word switch
    {
        "true" => TokenKind.True,
        "false" => TokenKind.False,
        "null" => TokenKind.Null,
        "in" => TokenKind.In,
        _ => TokenKind.Identifier,
    };

    private Token ReadNumber()
    {
        var start = _at;
        if (Peek() == '0' && Peek(1) is 'x' or 'X' && char.IsAsciiHexDigit(Peek(2)))
        {
            for (_at += 2; char.IsAsciiHexDigit(Peek());)
                _at++;
            return EndWhole(start);
        }

        SkipDigits();
        var isReal = false;
        if (Peek() == '.' && char.IsAsciiDigit(Peek(1)))
        {
            isReal = true;
            _at++;
            SkipDigits();
        }

        var signed = Peek(1) is '+' or '-' ? 1 : 0;
        if (Peek() is 'e' or 'E' && char.IsAsciiDigit(Peek(1 + signed)))
        {
            isReal = true;
            _at += 1 + signed;
            SkipDigits();
        }

        return isReal ? new(TokenKind.Double, text[start.._at], start) : EndWhole(start);
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Peek()))
            _at++;
    }

    private Token EndWhole(int start)
    {
        if (Peek() is not ('u' or 'U'))
            return new(TokenKind.Int, text[start.._at], start);
        _at++;
        return new(TokenKind.Uint, text[start.._at], start);
    }
}
