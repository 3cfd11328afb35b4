using System.Text.RegularExpressions;

namespace Xebec.ApiServer.Proxy;

/// <summary>Makes links of a proxied page lead back through the proxy: absolute paths of the backend get the proxy's path in front.</summary>
/// <param name="origin">Scheme and host by which the client reached this server.</param>
/// <param name="prefix">The path of the proxy request up to and with /proxy.</param>
/// <param name="backend">The host, and port, of the backend.</param>
internal sealed partial class LinkRewriter(string origin, string prefix, string backend)
{
    /// <summary>An address of the backend as the client can use it; relative ones and those of other hosts stay.</summary>
    public string Rewrite(string address)
    {
        if (!Uri.TryCreate(address, UriKind.RelativeOrAbsolute, out var uri))
            return address;
        var isAbsolute = uri.IsAbsoluteUri && uri.Scheme is "http" or "https";
        var isElsewhere = isAbsolute
            ? uri.Authority != backend && $"{uri.Scheme}://{uri.Authority}" != origin
            : !address.StartsWith('/') || address.StartsWith("//", StringComparison.Ordinal);
        if (isElsewhere)
            return address;
        var path = isAbsolute ? uri.PathAndQuery + uri.Fragment : address;
        return path.StartsWith(prefix, StringComparison.Ordinal) ? origin + path : origin + prefix + path;
    }

    /// <summary>A page with its links rewritten.</summary>
    public string RewritePage(string html) => Link().Replace(html, match => match.Groups[1].Value + Rewrite(match.Groups[2].Value));

    [GeneratedRegex(
        """(\s(?:href|src|action|formaction|cite|background|codebase|data|icon|longdesc|manifest|poster|profile|usemap)\s*=\s*["'])([^"'#][^"']*)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
