using System.Text;

namespace Xebec.Cel;

/// <summary>How field names that are no identifiers are written in expressions (Kubernetes' escaping of property names).</summary>
public static class CelNames
{
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop",
        "package", "namespace", "return", "var", "void", "while",
    };

    /// <summary>The name an expression uses for a property; null when it cannot be written (such as <c>a b</c> or <c>1a</c>).</summary>
    public static string? Escape(string property)
    {
        if (property.Length == 0 || char.IsAsciiDigit(property[0]))
            return null;
        if (Reserved.Contains(property))
            return $"__{property}__";
        if (property.AsSpan().IndexOfAny("_.-/") < 0)
            return IsPlain(property) ? property : null;
        var text = new StringBuilder(property.Length + 8);
        for (var i = 0; i < property.Length; i++)
        {
            if (property[i] == '_' && i + 1 < property.Length && property[i + 1] == '_')
            {
                text.Append("__underscores__");
                i++;
            }
            else if (Written(property[i]) is { } written)
                text.Append(written);
            else
                return null;
        }

        return text.ToString();
    }

    /// <summary>Words that expressions cannot use as names of variables.</summary>
    internal static bool IsReserved(string word) => Reserved.Contains(word) && word is not ("true" or "false" or "null" or "in");

    private static bool IsPlain(string property)
    {
        foreach (var letter in property)
        {
            if (!char.IsAsciiLetterOrDigit(letter))
                return false;
        }

        return true;
    }

    private static string? Written(char letter) => letter switch
    {
        '.' => "__dot__",
        '-' => "__dash__",
        '/' => "__slash__",
        '_' => "_",
        _ when char.IsAsciiLetterOrDigit(letter) => letter.ToString(),
        _ => null,
    };
}
