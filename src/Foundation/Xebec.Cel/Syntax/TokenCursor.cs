namespace Xebec.Cel.Syntax;

/// <summary>Walks the tokens of an expression and words what does not fit, as upstream's generated parser does.</summary>
internal sealed class TokenCursor(IReadOnlyList<Token> tokens)
{
    private const string Starts =
        "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";

    private int _at;

    public Token Current => tokens[_at];

    public Token Next => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    public Token Take() => tokens[Current.Kind == TokenKind.End ? _at : _at++];

    public bool Skip(string punctuation)
    {
        if (!Current.Is(punctuation))
            return false;
        _at++;
        return true;
    }

    public Token Expect(string punctuation)
    {
        if (Current.Is(punctuation))
            return Take();
        throw Unexpected($"'{punctuation}'", Next.Is(punctuation));
    }

    public Token ExpectIdentifier()
    {
        if (Current.Kind == TokenKind.Identifier)
            return Take();
        throw Unexpected("IDENTIFIER", Next.Kind == TokenKind.Identifier);
    }

    public void ExpectEnd()
    {
        if (Current.Kind != TokenKind.End)
            throw Unexpected("<EOF>", Next.Kind == TokenKind.End);
    }

    public SyntaxException NoExpression() => Unexpected(Starts, false);

    private SyntaxException Unexpected(string expected, bool fitsWithoutIt) => new(
        Current.Offset,
        $"Syntax error: {(fitsWithoutIt ? "extraneous" : "mismatched")} input '{Current.Shown}' expecting {expected}");
}
