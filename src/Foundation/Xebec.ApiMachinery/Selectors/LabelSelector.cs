using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Selectors;

/// <summary>Conditions on labels that must all hold. Immutable.</summary>
public sealed class LabelSelector
{
    /// <summary>Selects everything.</summary>
    public static readonly LabelSelector Everything = new([]);

    /// <summary>Selects nothing.</summary>
    public static readonly LabelSelector Nothing = new([]);

    private LabelSelector(IReadOnlyList<LabelRequirement> requirements) => Requirements = requirements;

    /// <summary>The conditions, sorted by key.</summary>
    public IReadOnlyList<LabelRequirement> Requirements { get; }

    /// <summary>Whether it selects everything.</summary>
    public bool IsEverything => Requirements.Count == 0 && !ReferenceEquals(this, Nothing);

    /// <summary>A selector of conditions; none selects everything.</summary>
    public static LabelSelector Of(IEnumerable<LabelRequirement> requirements)
    {
        var sorted = requirements.OrderBy(r => r.Key, StringComparer.Ordinal).ToArray();
        return sorted.Length == 0 ? Everything : new LabelSelector(sorted);
    }

    /// <summary>Selects objects that have all the given labels (spec.selector of Services and ReplicationControllers).</summary>
    public static LabelSelector OfLabels(IEnumerable<KeyValuePair<string, string>> labels) =>
        Of(labels.Select(l => new LabelRequirement(l.Key, SelectorOperator.Equal, [l.Value])));

    /// <summary>Parses the text of a labelSelector parameter: <c>a=b,c!=d,e in (f,g),!h,i</c>.</summary>
    /// <exception cref="FormatException">Malformed; the message is upstream's.</exception>
    public static LabelSelector Parse(string text) =>
        text.Length == 0 ? Everything : Of(new LabelSelectorParser(text).Parse());

    /// <summary>The selector of a metav1.LabelSelector tree; null selects nothing, an empty one everything.</summary>
    /// <exception cref="FormatException">An operator is unknown or has the wrong values.</exception>
    public static LabelSelector FromTree(ObjectValue? tree)
    {
        if (tree is null)
            return Nothing;
        var requirements = new List<LabelRequirement>();
        if (tree.GetObject("matchLabels") is { } labels)
        {
            foreach (var (key, value) in labels)
                requirements.Add(LabelSelectorParser.Require(key, SelectorOperator.Equal, [value.AsString() ?? ""]));
        }

        foreach (var expression in tree.GetList("matchExpressions") ?? [])
            requirements.Add(FromExpression((ObjectValue)expression));
        return Of(requirements);
    }

    /// <summary>Whether an object's labels, null for none, meet every condition.</summary>
    public bool Matches(ObjectValue? labels)
    {
        if (ReferenceEquals(this, Nothing))
            return false;
        foreach (var requirement in Requirements)
        {
            if (!requirement.Matches(labels?.GetString(requirement.Key)))
                return false;
        }

        return true;
    }

    /// <summary>Whether labels, null for none, meet every condition.</summary>
    public bool Matches(IReadOnlyDictionary<string, string>? labels)
    {
        if (ReferenceEquals(this, Nothing))
            return false;
        foreach (var requirement in Requirements)
        {
            string? value = null;
            labels?.TryGetValue(requirement.Key, out value);
            if (!requirement.Matches(value))
                return false;
        }

        return true;
    }

    /// <summary>The text that parses to it.</summary>
    public override string ToString() => string.Join(',', Requirements);

    private static LabelRequirement FromExpression(ObjectValue expression)
    {
        var name = expression.GetString("operator") ?? "";
        var comparison = name switch
        {
            "In" => SelectorOperator.In,
            "NotIn" => SelectorOperator.NotIn,
            "Exists" => SelectorOperator.Exists,
            "DoesNotExist" => SelectorOperator.DoesNotExist,
            _ => throw new FormatException($"{Errors.GoText.Quote(name)} is not a valid label selector operator"),
        };
        var values = (expression.GetList("values") ?? []).Select(v => v.AsString() ?? "");
        return LabelSelectorParser.Require(expression.GetString("key") ?? "", comparison, values);
    }
}
