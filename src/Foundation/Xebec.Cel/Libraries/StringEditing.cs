using System.Globalization;
using System.Text;
using Xebec.Cel.Values;

namespace Xebec.Cel.Libraries;

/// <summary>Replacing, splitting, joining and quoting.</summary>
internal static class StringEditing
{
    public static CelValue Replace(CelValue[] values, long limit)
    {
        var (text, old, with) = (Text.Of(values[0]), Text.Of(values[1]), Text.Of(values[2]));
        var result = new StringBuilder();
        var at = 0;
        for (var count = 0L; limit < 0 || count < limit; count++)
        {
            var found = old.Length == 0 ? NextBoundary(text, at, count) : text.IndexOf(old, at, StringComparison.Ordinal);
            if (found < 0)
                break;
            result.Append(text, at, found - at).Append(with);
            at = found + old.Length;
            if (result.Length > Text.MaximumLength)
                return Text.TooLong();
        }

        return new CelString(result.Append(text, at, text.Length - at).ToString());
    }

    // An empty text is found before the first character and after each one.
    private static int NextBoundary(string text, int at, long count)
    {
        if (count == 0)
            return 0;
        return at >= text.Length ? -1 : at + (char.IsSurrogatePair(text, at) ? 2 : 1);
    }

    public static CelValue Split(CelValue value, CelValue by, long limit)
    {
        var (text, separator) = (Text.Of(value), Text.Of(by));
        if (limit == 0)
            return CelArrayList.Empty;
        if (limit == 1)
            return new CelArrayList([value]);
        IEnumerable<string> parts = separator.Length == 0
            ? Characters(text, limit)
            : text.Split(separator, limit < 0 ? int.MaxValue : (int)Math.Min(limit, int.MaxValue));
        return new CelArrayList([.. parts.Select(p => new CelString(p))]);
    }

    private static List<string> Characters(string text, long limit)
    {
        var parts = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var width = limit > 0 && parts.Count == limit - 1 ? text.Length - at : char.IsSurrogatePair(text, at) ? 2 : 1;
            parts.Add(text.Substring(at, width));
            at += width;
        }

        return parts;
    }

    public static CelValue Join(CelList list, string separator)
    {
        var text = new StringBuilder();
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is not CelString item)
                return list[i].IsError ? list[i] : new CelError("join: invalid input: " + list[i].Type.Name);
            text.Append(i > 0 ? separator : "").Append(item.Text);
            if (text.Length > Text.MaximumLength)
                return Text.TooLong();
        }

        return new CelString(text.ToString());
    }

    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var rune in text.EnumerateRunes())
        {
            quoted.Append(rune.Value switch
            {
                7 => "\\a",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\v' => "\\v",
                '\\' => "\\\\",
                '"' => "\\\"",
                _ => rune.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
