using System.Globalization;
using System.Text;

namespace Xebec.ApiMachinery.Selectors;

/// <summary>One condition on one label.</summary>
/// <param name="Key">The label's key.</param>
/// <param name="Operator">How it compares.</param>
/// <param name="Values">The values, sorted and distinct; none for Exists and DoesNotExist.</param>
public sealed record LabelRequirement(string Key, SelectorOperator Operator, IReadOnlyList<string> Values)
{
    /// <summary>Whether a label's value, null when the label is absent, meets it.</summary>
    public bool Matches(string? value) => Operator switch
    {
        SelectorOperator.Equal or SelectorOperator.In => value is not null && Values.Contains(value),
        SelectorOperator.NotEqual or SelectorOperator.NotIn => value is null || !Values.Contains(value),
        SelectorOperator.Exists => value is not null,
        SelectorOperator.DoesNotExist => value is null,
        SelectorOperator.GreaterThan => TryReadNumbers(value, out var label, out var limit) && label > limit,
        _ => TryReadNumbers(value, out var label, out var limit) && label < limit,
    };

    /// <summary>The text that parses to it.</summary>
    public override string ToString() => Operator switch
    {
        SelectorOperator.Exists => Key,
        SelectorOperator.DoesNotExist => "!" + Key,
        SelectorOperator.Equal => $"{Key}={Values[0]}",
        SelectorOperator.NotEqual => $"{Key}!={Values[0]}",
        SelectorOperator.GreaterThan => $"{Key}>{Values[0]}",
        SelectorOperator.LessThan => $"{Key}<{Values[0]}",
        _ => new StringBuilder(Key).Append(Operator == SelectorOperator.In ? " in (" : " notin (")
            .AppendJoin(',', Values).Append(')').ToString(),
    };

    private bool TryReadNumbers(string? value, out long label, out long limit)
    {
        limit = 0;
        return TryReadNumber(value, out label) && TryReadNumber(Values[0], out limit);
    }

    internal static bool TryReadNumber(string? text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
