namespace Xebec.Cel.Syntax;

/// <summary>A piece of an expression: its text as written, from a UTF-16 offset.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Offset)
{
    public bool Is(string punctuation) => Kind == TokenKind.Punctuation && Text == punctuation;

    public string Shown => Kind == TokenKind.End ? "<EOF>" : Text.Replace("\n", "\\n", StringComparison.Ordinal);
}
