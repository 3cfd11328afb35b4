using System.Text;
using System.Text.Json;

namespace Xebec.Host.Images;

/// <summary>Takes the arguments of a Dockerfile instruction apart: quotes, variables, JSON arrays.</summary>
internal static class DockerfileWords
{
    /// <summary>Splits at white space outside quotes; replaces $NAME, ${NAME} and ${NAME:-default} but within single quotes.</summary>
    public static IReadOnlyList<string> Split(string text, Func<string, string?> variable)
    {
        var (words, word, quote, isOpen) = (new List<string>(), new StringBuilder(), '\0', false);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (quote == '\0' && char.IsWhiteSpace(character))
            {
                if (isOpen) words.Add(word.ToString());
                (isOpen, _) = (false, word.Clear());
                continue;
            }

            isOpen = true;
            if (character == quote) quote = '\0';
            else if (quote == '\0' && character is '"' or '\'') quote = character;
            else if (character == '\\' && quote != '\'' && i + 1 < text.Length) word.Append(text[++i]);
            else if (character == '$' && quote != '\'') word.Append(Substitute(text, ref i, variable));
            else word.Append(character);
        }

        if (isOpen) words.Add(word.ToString());
        return words;
    }

    /// <summary>The command of CMD or ENTRYPOINT: a JSON array as it is, other text through the shell.</summary>
    public static IReadOnlyList<string> Command(string text) => JsonArray(text) ?? ["/bin/sh", "-c", text];

    /// <summary>The strings of a JSON array; null when the text is not one.</summary>
    public static IReadOnlyList<string>? JsonArray(string text)
    {
        if (!text.StartsWith('[')) return null;
        try
        {
            using var document = JsonDocument.Parse(text);
            var items = document.RootElement.EnumerateArray().ToList();
            return items.TrueForAll(item => item.ValueKind == JsonValueKind.String) ? [.. items.Select(item => item.GetString()!)] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Substitute(string text, ref int at, Func<string, string?> variable)
    {
        var isBraced = at + 1 < text.Length && text[at + 1] == '{';
        var start = at + (isBraced ? 2 : 1);
        var end = start;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_')) end++;
        if (end == start) return "$";
        var name = text[start..end];
        at = end - 1;
        if (!isBraced) return variable(name) ?? "";
        var close = text.IndexOf('}', end);
        if (close < 0) throw new HostException($"no closing brace after ${{{name}");
        at = close;
        var fallback = text[end..close].StartsWith(":-", StringComparison.Ordinal) ? text[(end + 2)..close] : "";
        return variable(name) is { Length: > 0 } value ? value : fallback;
    }
}
