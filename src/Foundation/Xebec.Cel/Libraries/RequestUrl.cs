using System.Text;

namespace Xebec.Cel.Libraries;

/// <summary>A URL as it stands in a request: absolute, or an absolute path; parsed as Go's net/url does.</summary>
/// <param name="Scheme">In lower case; empty for a path.</param>
/// <param name="Host">Host and port as written.</param>
/// <param name="EscapedPath">The path with what cannot stand in one escaped.</param>
/// <param name="Query">What stands behind the question mark.</param>
internal sealed record RequestUrl(string Scheme, string Host, string EscapedPath, string Query)
{
    public string Hostname => Host.StartsWith('[') && Host.IndexOf(']', StringComparison.Ordinal) is > 0 and var end
        ? Host[1..end]
        : PortAt is >= 0 and var colon ? Host[..colon] : Host;

    public string Port => PortAt is >= 0 and var colon ? Host[(colon + 1)..] : "";

    private int PortAt
    {
        get
        {
            var colon = Host.LastIndexOf(':');
            return colon > Host.LastIndexOf(']') ? colon : -1;
        }
    }

    /// <summary>The URL; null, with the reason, when the text is none.</summary>
    public static RequestUrl? Parse(string text, out string? why)
    {
        why = null;
        if (text.Length == 0)
            return Refuse("empty url", out why);
        if (text.AsSpan().ContainsAnyInRange('\0', '\x1f') || text.Contains('\x7f', StringComparison.Ordinal))
            return Refuse("net/url: invalid control character in URL", out why);
        if (!TryScheme(text, out var scheme, out var rest))
            return Refuse("missing protocol scheme", out why);
        var mark = rest.IndexOf('?', StringComparison.Ordinal);
        var query = mark < 0 ? "" : rest[(mark + 1)..];
        rest = mark < 0 ? rest : rest[..mark];
        if (!rest.StartsWith('/'))
            return scheme.Length > 0 ? new RequestUrl(scheme, "", "", query) : Refuse("invalid URI for request", out why);
        var host = "";
        if (scheme.Length > 0 && rest.StartsWith("//", StringComparison.Ordinal))
        {
            var slash = rest.IndexOf('/', 2);
            var authority = slash < 0 ? rest[2..] : rest[2..slash];
            rest = slash < 0 ? "" : rest[slash..];
            host = authority[(authority.LastIndexOf('@') + 1)..];
            if (WrongHost(host) is { } wrong)
                return Refuse(wrong, out why);
        }

        return BadEscape(rest) is { } bad
            ? Refuse($"invalid URL escape \"{bad}\"", out why)
            : new RequestUrl(scheme, host, Escape(rest), query);
    }

    /// <summary>The query's keys with their values in order; what cannot be unescaped is left out.</summary>
    public IReadOnlyList<(string Key, List<string> Values)> QueryValues()
    {
        var result = new List<(string Key, List<string> Values)>();
        foreach (var part in Query.Split('&'))
        {
            if (part.Length == 0 || part.Contains(';', StringComparison.Ordinal) || BadEscape(part) is not null)
                continue;
            var equal = part.IndexOf('=', StringComparison.Ordinal);
            var key = Unescape(equal < 0 ? part : part[..equal]);
            var at = result.FindIndex(e => e.Key == key);
            if (at < 0)
                result.Add((key, []));
            result[at < 0 ? ^1 : at].Values.Add(equal < 0 ? "" : Unescape(part[(equal + 1)..]));
        }

        return result;
    }

    private static RequestUrl? Refuse(string reason, out string? why)
    {
        why = reason;
        return null;
    }

    private static bool TryScheme(string text, out string scheme, out string rest)
    {
        (scheme, rest) = ("", text);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiLetter(text[i]))
                continue;
            if (text[i] == ':')
            {
                (scheme, rest) = (text[..i].ToLowerInvariant(), text[(i + 1)..]);
                return i > 0;
            }

            if (i == 0 || (!char.IsAsciiDigit(text[i]) && text[i] is not ('+' or '-' or '.')))
                return true;
        }

        return true;
    }

    private static string? WrongHost(string host)
    {
        var bracket = host.LastIndexOf(']');
        if (host.StartsWith('[') && bracket < 0)
            return "missing ']' in host";
        var colon = host.LastIndexOf(':');
        if (colon > bracket && host.AsSpan(colon + 1).ContainsAnyExceptInRange('0', '9'))
            return $"invalid port \"{host[colon..]}\" after host";
        if (colon < bracket && bracket >= 0 && bracket != host.Length - 1)
            return $"invalid port \"{host[(bracket + 1)..]}\" after host";
        var wrong = host.AsSpan().IndexOfAny(" \\^`{|}/?#@");
        return wrong >= 0 ? $"invalid character \"{host[wrong]}\" in host name" : null;
    }

    private static string? BadEscape(string text)
    {
        for (var i = text.IndexOf('%', StringComparison.Ordinal); i >= 0; i = text.IndexOf('%', i + 1))
        {
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                return text.Substring(i, Math.Min(3, text.Length - i));
        }

        return null;
    }

    private static string Escape(string path)
    {
        var text = new StringBuilder(path.Length);
        foreach (var unit in Encoding.UTF8.GetBytes(path))
        {
            var isPlain = char.IsAsciiLetterOrDigit((char)unit) || "-_.~$&+,/:;=@%!'()*[]".Contains((char)unit, StringComparison.Ordinal);
            text.Append(isPlain ? ((char)unit).ToString() : $"%{unit:X2}");
        }

        return text.ToString();
    }

    private static string Unescape(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
