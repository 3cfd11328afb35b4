using Xebec.Cel.Functions;
using Xebec.Cel.Values;
using static Xebec.Cel.Libraries.LibraryTypes;

namespace Xebec.Cel.Libraries;

/// <summary>String functions: the standard ones and cel-go's extension, version 2. Positions are in code points.</summary>
internal static class StringLibrary
{
    public static void AddTo(FunctionTable table)
    {
        var (text, number) = (CelType.String, CelType.Int);
        table.Method("contains", "contains_string", text, text, CelType.Bool, (t, p) =>
            CelBool.Of(Text.Of(t).Contains(Text.Of(p), StringComparison.Ordinal)));
        table.Method("startsWith", "starts_with_string", text, text, CelType.Bool, (t, p) =>
            CelBool.Of(Text.Of(t).StartsWith(Text.Of(p), StringComparison.Ordinal)));
        table.Method("endsWith", "ends_with_string", text, text, CelType.Bool, (t, p) =>
            CelBool.Of(Text.Of(t).EndsWith(Text.Of(p), StringComparison.Ordinal)));
        table.Method("charAt", "string_char_at_int", text, number, text, CharAt);
        table.Method("indexOf", "string_index_of_string", text, text, number, (t, p) => IndexOf(t, p, 0));
        table.Method("indexOf", "string_index_of_string_int", [text, text, number], number, v => IndexOf(v[0], v[1], Number(v[2])));
        table.Method("lastIndexOf", "string_last_index_of_string", text, text, number, (t, p) => LastIndexOf(t, p, null));
        table.Method("lastIndexOf", "string_last_index_of_string_int", [text, text, number], number, v => LastIndexOf(v[0], v[1], Number(v[2])));
        table.Method("lowerAscii", "string_lower_ascii", text, text, v => new CelString(MapAscii(Text.Of(v), char.IsAsciiLetterUpper)));
        table.Method("upperAscii", "string_upper_ascii", text, text, v => new CelString(MapAscii(Text.Of(v), char.IsAsciiLetterLower)));
        table.Method("replace", "string_replace_string_string", [text, text, text], text, v => StringEditing.Replace(v, -1));
        table.Method("replace", "string_replace_string_string_int", [text, text, text, number], text, v => StringEditing.Replace(v, Number(v[3])));
        table.Method("split", "string_split_string", text, text, ListOfStrings, (t, s) => StringEditing.Split(t, s, -1));
        table.Method("split", "string_split_string_int", [text, text, number], ListOfStrings, v => StringEditing.Split(v[0], v[1], Number(v[2])));
        table.Method("substring", "string_substring_int", text, number, text, (t, from) => Substring(t, Number(from), null));
        table.Method("substring", "string_substring_int_int", [text, number, number], text, v => Substring(v[0], Number(v[1]), Number(v[2])));
        table.Method("trim", "string_trim", text, text, v => new CelString(Text.Of(v).Trim(Blanks.ToCharArray())));
        table.Method("join", "list_join", ListOfStrings, text, v => StringEditing.Join((CelList)v, ""));
        table.Method("join", "list_join_string", ListOfStrings, text, text, (l, s) => StringEditing.Join((CelList)l, Text.Of(s)));
        table.Method("format", "string_format", text, CelType.List(CelType.Dyn), text, (t, l) => StringFormat.Format(Text.Of(t), (CelList)l));
        table.Function("strings.quote", "strings_quote", text, text, v => new CelString(StringEditing.Quote(Text.Of(v))));
    }

    private const string Blanks = "\t\n\v\f\r \u0085\u00a0\u1680\u2000"
        + "\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";

    private static long Number(CelValue value) => ((CelInt)value).Number;

    private static CelValue CharAt(CelValue value, CelValue at)
    {
        var (text, index) = (Text.Of(value), Number(at));
        var offset = Text.OffsetOf(text, index);
        if (offset < 0)
            return new CelError($"index out of range: {index}");
        return offset == text.Length ? CelString.Empty : new CelString(text.Substring(offset, char.IsSurrogatePair(text, offset) ? 2 : 1));
    }

    private static CelValue IndexOf(CelValue value, CelValue part, long from)
    {
        var text = Text.Of(value);
        var offset = Text.OffsetOf(text, from);
        if (Text.Of(part).Length == 0)
            return CelInt.Of(from);
        if (offset < 0)
            return Outside(from);
        return CelInt.Of(Text.CodePointAt(text, text.IndexOf(Text.Of(part), offset, StringComparison.Ordinal)));
    }

    // Beyond the end nothing is found; before the start there is nowhere to look.
    private static CelValue Outside(long offset) => offset < 0 ? new CelError($"index out of range: {offset}") : CelInt.Of(-1);

    private static CelValue LastIndexOf(CelValue value, CelValue part, long? upTo)
    {
        var (text, wanted) = (Text.Of(value), Text.Of(part));
        if (wanted.Length == 0)
            return CelInt.Of(upTo ?? CelString.CodePoints(text));
        var offset = upTo is { } last ? Text.OffsetOf(text, last) : text.Length;
        if (offset < 0 || (upTo is not null && offset == text.Length))
            return Outside(upTo!.Value);
        var end = Math.Min((long)offset + wanted.Length, text.Length);
        return CelInt.Of(Text.CodePointAt(text, text.AsSpan(0, (int)end).LastIndexOf(wanted, StringComparison.Ordinal)));
    }

    private static CelValue Substring(CelValue value, long from, long? to)
    {
        var text = Text.Of(value);
        var start = Text.OffsetOf(text, from);
        var end = to is { } last ? Text.OffsetOf(text, last) : text.Length;
        if (start < 0)
            return new CelError($"index out of range: {from}");
        if (end < 0)
            return new CelError($"index out of range: {to}");
        return start > end ? new CelError($"invalid substring range. start: {from}, end: {to}") : new CelString(text[start..end]);
    }

    private static string MapAscii(string text, Func<char, bool> isOther) => string.Create(text.Length, (text, isOther), static (target, state) =>
    {
        for (var i = 0; i < target.Length; i++)
            target[i] = state.isOther(state.text[i]) ? (char)(state.text[i] ^ 0x20) : state.text[i];
    });
}
