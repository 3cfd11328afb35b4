namespace Xebec.Proxy.Rules;

/// <summary>One element of a named set (no <see cref="Value"/>) or map.</summary>
internal readonly record struct RuleElement(IpFamily Family, string Map, string Key, string? Value)
{
    /// <summary>As it stands between the braces of add element.</summary>
    public string Text => Value is null ? Key : $"{Key} : {Value}";
}
