using System.Text;

namespace Xebec.ApiServer.Authentication;

/// <summary>One line of comma-separated values (RFC 4180): a field in quotes may have commas, and quotes written twice.</summary>
internal static class CommaSeparated
{
    /// <summary>The fields, without the spaces in front of them; null when a quote is not closed.</summary>
    public static List<string>? Split(string line)
    {
        var fields = new List<string>();
        var at = 0;
        while (at <= line.Length)
        {
            while (at < line.Length && line[at] == ' ')
                at++;
            if (at >= line.Length || line[at] != '"')
            {
                var comma = line.IndexOf(',', at) is >= 0 and var found ? found : line.Length;
                fields.Add(line[at..comma]);
                at = comma + 1;
            }
            else if (Quoted(line, ref at) is { } field)
            {
                fields.Add(field);
            }
            else
            {
                return null;
            }
        }

        return fields;
    }

    // From the opening quote to behind the comma that follows the closing one.
    private static string? Quoted(string line, ref int at)
    {
        var field = new StringBuilder();
        for (at++; at < line.Length; at++)
        {
            if (line[at] != '"')
                field.Append(line[at]);
            else if (at + 1 < line.Length && line[at + 1] == '"')
                field.Append(line[++at]);
            else
                break;
        }

        if (at >= line.Length)
            return null;
        at = line.IndexOf(',', at) is >= 0 and var comma ? comma + 1 : line.Length + 1;
        return field.ToString();
    }
}
