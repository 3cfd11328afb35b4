namespace Xebec.Api.Rules.Declarations;

/// <summary>One line of a rules file: a field (a path below the type) and its attributes, <c>key</c> or <c>key=value</c>.</summary>
internal sealed record RuleLine(string File, int Number, string[] Path, IReadOnlyList<KeyValuePair<string, string?>> Attributes)
{
    public string Field => Path[0];

    public bool IsNested => Path.Length > 1;

    public bool Has(string key) => IndexOf(key) >= 0;

    public string? Argument(string key) => IndexOf(key) is >= 0 and var at ? Attributes[at].Value : null;

    /// <summary>The same line as the struct of its first field sees it.</summary>
    public RuleLine Inner() => this with { Path = Path[1..] };

    public RuleFormatException Error(string message) => new(File, Number, message);

    private int IndexOf(string key)
    {
        for (var i = 0; i < Attributes.Count; i++)
        {
            if (Attributes[i].Key == key)
                return i;
        }

        return -1;
    }
}
