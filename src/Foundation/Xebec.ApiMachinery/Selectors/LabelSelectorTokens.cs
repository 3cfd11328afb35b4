namespace Xebec.ApiMachinery.Selectors;

/// <summary>The words of a label selector's text. After a key <c>in</c> and <c>notin</c> are operators, elsewhere they are words.</summary>
internal sealed class LabelSelectorTokens(string text)
{
    private const string Symbols = "=!(),><";
    private int _at;

    public (SelectorToken Kind, string Text) Peek()
    {
        var at = _at;
        var token = Take();
        _at = at;
        return token;
    }

    public (SelectorToken Kind, string Text) Take(bool operatorsAllowed = false)
    {
        while (_at < text.Length && text[_at] is ' ' or '\t' or '\r' or '\n')
            _at++;
        if (_at == text.Length)
            return (SelectorToken.End, "");
        return Symbols.Contains(text[_at], StringComparison.Ordinal) ? TakeSymbol() : TakeWord(operatorsAllowed);
    }

    private (SelectorToken Kind, string Text) TakeSymbol()
    {
        var isPair = _at + 1 < text.Length && text[_at + 1] == '=' && text[_at] is '=' or '!';
        var symbol = text.Substring(_at, isPair ? 2 : 1);
        _at += symbol.Length;
        return symbol switch
        {
            "," => (SelectorToken.Comma, symbol),
            "(" => (SelectorToken.Open, symbol),
            ")" => (SelectorToken.Close, symbol),
            "!" => (SelectorToken.Not, symbol),
            _ => (SelectorToken.Operator, symbol),
        };
    }

    private (SelectorToken Kind, string Text) TakeWord(bool operatorsAllowed)
    {
        var start = _at;
        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && !Symbols.Contains(text[_at], StringComparison.Ordinal))
            _at++;
        var word = text[start.._at];
        return (operatorsAllowed && word is "in" or "notin" ? SelectorToken.Operator : SelectorToken.Identifier, word);
    }
}
