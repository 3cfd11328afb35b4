namespace Xebec.ApiMachinery.Selectors;

/// <summary>One condition on one field.</summary>
/// <param name="Field">The dotted path, for example <c>spec.nodeName</c>.</param>
/// <param name="Value">The value compared with; empty matches absent fields.</param>
/// <param name="IsEqual">Equal, else not equal.</param>
public sealed record FieldRequirement(string Field, string Value, bool IsEqual)
{
    /// <summary>Whether the field's text meets it.</summary>
    public bool Matches(string? value) => (value ?? "") == Value == IsEqual;

    /// <summary>The text that parses to it.</summary>
    public override string ToString() => $"{Field}{(IsEqual ? "=" : "!=")}{FieldSelector.Escape(Value)}";
}
