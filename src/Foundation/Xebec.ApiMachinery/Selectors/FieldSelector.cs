using System.Text;
using Xebec.ApiMachinery.Errors;

namespace Xebec.ApiMachinery.Selectors;

/// <summary>Conditions on fields that must all hold (the fieldSelector parameter). Immutable.</summary>
public sealed class FieldSelector
{
    /// <summary>Selects everything.</summary>
    public static readonly FieldSelector Everything = new([]);

    private FieldSelector(IReadOnlyList<FieldRequirement> requirements) => Requirements = requirements;

    /// <summary>The conditions in the order they were written.</summary>
    public IReadOnlyList<FieldRequirement> Requirements { get; }

    /// <summary>Whether it selects everything.</summary>
    public bool IsEverything => Requirements.Count == 0;

    /// <summary>Parses <c>a=b,c!=d</c>; in a value a backslash escapes backslash, comma and equals sign.</summary>
    /// <exception cref="FormatException">Malformed; the message is upstream's.</exception>
    public static FieldSelector Parse(string text)
    {
        if (text.Length == 0)
            return Everything;
        var requirements = new List<FieldRequirement>();
        foreach (var term in SplitTerms(text))
        {
            if (term.Length > 0)
                requirements.Add(ParseTerm(text, term));
        }

        return new FieldSelector(requirements);
    }

    /// <summary>The value that a field must equal, null when the selector does not pin it.</summary>
    public string? ExactMatch(string field) => Requirements.FirstOrDefault(r => r.IsEqual && r.Field == field)?.Value;

    /// <summary>Whether an object meets every condition; the getter gives a field's text, null or empty when it is not set.</summary>
    public bool Matches(Func<string, string?> getField)
    {
        foreach (var requirement in Requirements)
        {
            if (!requirement.Matches(getField(requirement.Field)))
                return false;
        }

        return true;
    }

    /// <summary>A value as it is written in a selector.</summary>
    public static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace(",", "\\,", StringComparison.Ordinal)
        .Replace("=", "\\=", StringComparison.Ordinal);

    /// <summary>The text that parses to it.</summary>
    public override string ToString() => string.Join(',', Requirements);

    private static List<string> SplitTerms(string text)
    {
        var terms = new List<string>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text[i] == ',')
            {
                terms.Add(text[start..i]);
                start = i + 1;
            }
        }

        terms.Add(text[start..]);
        return terms;
    }

    private static FieldRequirement ParseTerm(string text, string term)
    {
        for (var i = 0; i < term.Length; i++)
        {
            var rest = term.AsSpan(i);
            var width = rest.StartsWith("!=") || rest.StartsWith("==") ? 2 : rest[0] == '=' ? 1 : 0;
            if (width > 0)
                return new FieldRequirement(term[..i], Unescape(term[(i + width)..]), rest[0] == '=');
        }

        throw new FormatException($"invalid selector: '{text}'; can't understand '{term}'");
    }

    private static string Unescape(string value)
    {
        if (value.AsSpan().IndexOfAny('\\', ',', '=') < 0)
            return value;
        var plain = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] is ',' or '=')
                throw new FormatException($"invalid field selector: unescaped character in value: {(int)value[i]}");
            if (value[i] == '\\' && (++i == value.Length || value[i] is not ('\\' or ',' or '=')))
            {
                var sequence = GoText.Quote(value[(i - 1)..Math.Min(i + 1, value.Length)]);
                throw new FormatException($"invalid field selector: invalid escape sequence: {sequence}");
            }

            plain.Append(value[i]);
        }

        return plain.ToString();
    }
}
