using System.Globalization;
using System.Text;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Errors;

/// <summary>Text as Go's fmt prints it, which is what upstream's messages are made of.</summary>
public static class GoText
{
    /// <summary>A string in double quotes with Go's escapes (%q).</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var rune in text.EnumerateRunes())
            AppendEscaped(quoted, rune);
        return quoted.Append('"').ToString();
    }

    /// <summary>A value as %v prints it: <c>map[a:1 b:[x y]]</c>, members sorted.</summary>
    public static string Show(Value value) => value switch
    {
        NullValue => "<nil>",
        StringValue text => text.Text,
        ListValue list => $"[{string.Join(' ', list.Select(Show))}]",
        ObjectValue members => ShowMap(members.OrderBy(m => m.Key, StringComparer.Ordinal)),
        _ => value.ToString(),
    };

    private static string ShowMap(IEnumerable<KeyValuePair<string, Value>> members) =>
        $"map[{string.Join(' ', members.Select(m => $"{m.Key}:{Show(m.Value)}"))}]";

    private static void AppendEscaped(StringBuilder to, Rune rune)
    {
        var escape = rune.Value switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\a' => "\\a",
            '\b' => "\\b",
            '\f' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\v' => "\\v",
            _ => null,
        };
        if (escape is not null)
            to.Append(escape);
        else if (IsPrintable(rune))
            to.Append(rune);
        else
            AppendCode(to, rune.Value);
    }

    /// <summary>Whether Go's unicode.IsPrint holds: letters, marks, numbers, punctuation, symbols and the ASCII space.</summary>
    public static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator);

    private static void AppendCode(StringBuilder to, int code)
    {
        var format = code switch { < 0x80 => "\\x{0:x2}", < 0x10000 => "\\u{0:x4}", _ => "\\U{0:x8}" };
        to.AppendFormat(CultureInfo.InvariantCulture, format, code);
    }
}
