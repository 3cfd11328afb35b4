using System.Text;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Yaml;

/// <summary>Writes YAML in the style of <c>kubectl -o yaml</c>: block style, two spaces, list items not indented below their key.</summary>
public static class YamlWriter
{
    /// <summary>Writes one document, ending with a line break.</summary>
    /// <param name="value">The tree.</param>
    /// <param name="sorted">Members sorted by name as kubectl prints them; otherwise in the tree's order.</param>
    public static string Write(Value value, bool sorted = true)
    {
        var text = new StringBuilder();
        WriteBlock(text, value, indent: 0, sorted, afterDash: true);
        if (text.Length == 0 || text[^1] != '\n')
            text.Append('\n');
        return text.ToString();
    }

    private static void WriteBlock(StringBuilder text, Value value, int indent, bool sorted, bool afterDash)
    {
        switch (value)
        {
            case ObjectValue { Count: > 0 } members:
                WriteMembers(text, members, indent, sorted, afterDash);
                break;
            case ListValue { Count: > 0 } list:
                WriteItems(text, list, indent, sorted, afterDash);
                break;
            default:
                WriteScalar(text, value, indent);
                text.Append('\n');
                break;
        }
    }

    private static void WriteMembers(StringBuilder text, ObjectValue members, int indent, bool sorted, bool afterDash)
    {
        var names = new List<string>(members.Count);
        foreach (var (name, _) in members)
            names.Add(name);
        if (sorted)
            names.Sort(MapOrder.Compare);
        foreach (var name in names)
        {
            if (!afterDash)
                text.Append(' ', indent);
            afterDash = false;
            text.Append(YamlText.Quote(name)).Append(':');
            WriteMember(text, members[name]!, indent, sorted);
        }
    }

    private static void WriteMember(StringBuilder text, Value value, int indent, bool sorted)
    {
        var nested = value is ObjectValue { Count: > 0 } or ListValue { Count: > 0 };
        text.Append(nested ? '\n' : ' ');
        if (nested)
            WriteBlock(text, value, value is ObjectValue ? indent + 2 : indent, sorted, afterDash: false);
        else
            WriteBlock(text, value, indent + 2, sorted, afterDash: true);
    }

    private static void WriteItems(StringBuilder text, ListValue list, int indent, bool sorted, bool afterDash)
    {
        foreach (var item in list)
        {
            if (!afterDash)
                text.Append(' ', indent);
            afterDash = false;
            text.Append("- ");
            WriteBlock(text, item, indent + 2, sorted, afterDash: true);
        }
    }

    private static void WriteScalar(StringBuilder text, Value value, int indent)
    {
        if (value is not StringValue s)
            text.Append(value.ToString());
        else if (s.Text.Contains('\n', StringComparison.Ordinal) && YamlText.CanBeLiteral(s.Text))
            YamlText.WriteLiteral(text, s.Text, indent);
        else
            text.Append(YamlText.Quote(s.Text));
    }
}
