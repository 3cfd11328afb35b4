using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Selectors;

/// <summary>Reads the text of a label selector; every error is worded as upstream words it.</summary>
internal sealed class LabelSelectorParser(string text)
{
    private const string BinaryOperators = "in, notin, =, ==, !=, gt, lt";
    private readonly LabelSelectorTokens _tokens = new(text);

    public List<LabelRequirement> Parse()
    {
        var requirements = new List<LabelRequirement>();
        while (_tokens.Peek() is not { Kind: SelectorToken.End })
        {
            if (_tokens.Peek() is not { Kind: SelectorToken.Identifier or SelectorToken.Not })
                throw new FormatException($"found '{_tokens.Peek().Text}', expected: !, identifier, or 'end of string'");
            requirements.Add(ReadRequirement());
            if (!ReadSeparator())
                break;
        }

        return requirements;
    }

    /// <summary>A requirement whose key and values keep the rules.</summary>
    public static LabelRequirement Require(string key, SelectorOperator comparison, IEnumerable<string> values)
    {
        CheckKey(key, "key");
        var distinct = values.Distinct().Order(StringComparer.Ordinal).ToArray();
        CheckValues(comparison, distinct);
        for (var i = 0; i < distinct.Length; i++)
        {
            if (NameRules.LabelValue(distinct[i]) is { Count: > 0 } wrong)
                throw Invalid($"values[{i}][{key}]", distinct[i], string.Join("; ", wrong));
        }

        return new LabelRequirement(key, comparison, distinct);
    }

    private static void CheckValues(SelectorOperator comparison, string[] values)
    {
        var list = new ListValue(values.Select(v => (Value)new StringValue(v)));
        if (comparison is SelectorOperator.In or SelectorOperator.NotIn && values.Length == 0)
            throw Invalid("values", list, "for 'in', 'notin' operators, values set can't be empty");
        if (comparison is SelectorOperator.Equal or SelectorOperator.NotEqual && values.Length != 1)
            throw Invalid("values", list, "exact-match compatibility requires one single value");
        if (comparison is SelectorOperator.Exists or SelectorOperator.DoesNotExist && values.Length != 0)
            throw Invalid("values", list, "values set must be empty for exists and does not exist");
        if (comparison is not (SelectorOperator.GreaterThan or SelectorOperator.LessThan))
            return;
        if (values.Length != 1)
            throw Invalid("values", list, "for 'Gt', 'Lt' operators, exactly one value is required");
        if (!LabelRequirement.TryReadNumber(values[0], out _))
            throw Invalid("values[0]", values[0], "for 'Gt', 'Lt' operators, the value must be an integer");
    }

    private static void CheckKey(string key, string path)
    {
        if (NameRules.QualifiedName(key) is { Count: > 0 } wrong)
            throw Invalid(path, key, string.Join("; ", wrong));
    }

    private static FormatException Invalid(string path, Value value, string detail) =>
        new(FieldError.Invalid(FieldPath.Root(path), value, detail).ToString());

    private bool ReadSeparator()
    {
        var separator = _tokens.Take();
        if (separator.Kind == SelectorToken.End)
            return false;
        if (separator.Kind != SelectorToken.Comma)
            throw new FormatException($"found '{separator.Text}', expected: ',' or 'end of string'");
        if (_tokens.Peek() is not { Kind: SelectorToken.Identifier or SelectorToken.Not })
            throw new FormatException($"found '{_tokens.Peek().Text}', expected: identifier after ','");
        return true;
    }

    private LabelRequirement ReadRequirement()
    {
        try
        {
            var isNegated = _tokens.Peek().Kind == SelectorToken.Not;
            if (isNegated)
                _tokens.Take();
            var key = _tokens.Take();
            if (key.Kind != SelectorToken.Identifier)
                throw new FormatException($"found '{key.Text}', expected: identifier");
            CheckKey(key.Text, "<nil>");
            if (isNegated)
                return Require(key.Text, SelectorOperator.DoesNotExist, []);
            if (_tokens.Peek() is { Kind: SelectorToken.End or SelectorToken.Comma })
                return Require(key.Text, SelectorOperator.Exists, []);
            var comparison = ReadOperator();
            return Require(key.Text, comparison, comparison is SelectorOperator.In or SelectorOperator.NotIn ? ReadSet() : [ReadExact()]);
        }
        catch (FormatException e)
        {
            throw new FormatException($"unable to parse requirement: {e.Message}", e);
        }
    }

    private SelectorOperator ReadOperator()
    {
        var token = _tokens.Take(operatorsAllowed: true);
        return token.Kind != SelectorToken.Operator
            ? throw new FormatException($"found '{token.Text}', expected: {BinaryOperators}")
            : token.Text switch
            {
                "in" => SelectorOperator.In,
                "notin" => SelectorOperator.NotIn,
                "!=" => SelectorOperator.NotEqual,
                ">" => SelectorOperator.GreaterThan,
                "<" => SelectorOperator.LessThan,
                _ => SelectorOperator.Equal,
            };
    }

    private string ReadExact()
    {
        if (_tokens.Peek() is { Kind: SelectorToken.End or SelectorToken.Comma })
            return "";
        var token = _tokens.Take();
        return token.Kind == SelectorToken.Identifier
            ? token.Text
            : throw new FormatException($"found '{token.Text}', expected: identifier");
    }

    private List<string> ReadSet()
    {
        var open = _tokens.Take();
        if (open.Kind != SelectorToken.Open)
            throw new FormatException($"found '{open.Text}' expected: '('");
        var values = new List<string>();
        var first = _tokens.Peek();
        if (first.Kind is not (SelectorToken.Identifier or SelectorToken.Comma or SelectorToken.Close))
            throw new FormatException($"found '{first.Text}', expected: ',', ')' or identifier");
        ReadSetItems(values);
        _tokens.Take();
        return values;
    }

    // An empty place between commas is the empty value.
    private void ReadSetItems(List<string> values)
    {
        while (_tokens.Peek() is not { Kind: SelectorToken.Close })
        {
            var token = _tokens.Take();
            if (token.Kind == SelectorToken.Identifier)
            {
                values.Add(token.Text);
                var next = _tokens.Peek();
                if (next.Kind is not (SelectorToken.Comma or SelectorToken.Close))
                    throw new FormatException($"found '{next.Text}', expected: ',' or ')'");
                continue;
            }

            if (token.Kind != SelectorToken.Comma)
                throw new FormatException($"found '{token.Text}', expected: ',', or identifier");
            if (values.Count == 0 || _tokens.Peek() is { Kind: SelectorToken.Close or SelectorToken.Comma })
                values.Add("");
        }
    }
}
