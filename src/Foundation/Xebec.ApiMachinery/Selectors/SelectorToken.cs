namespace Xebec.ApiMachinery.Selectors;

/// <summary>The kinds of words in a label selector.</summary>
internal enum SelectorToken
{
    End,
    Comma,
    Open,
    Close,
    Not,
    Operator,
    Identifier,
}
