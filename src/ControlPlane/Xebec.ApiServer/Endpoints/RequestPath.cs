using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Xebec.ApiServer.Endpoints;

/// <summary>
/// The path of a request, read as other servers read it that it is passed on to: every escape is undone once (also that of a slash), and
/// dots are names. Kestrel resolves dots and keeps escaped slashes, so what is authorized here would not be what is served there.
/// </summary>
internal static class RequestPath
{
    /// <summary>Puts that reading in the place of Kestrel's, where the two could differ.</summary>
    public static void Settle(HttpContext http)
    {
        if (http.Features.Get<IHttpRequestFeature>()?.RawTarget is not ['/', ..] raw)
            return;
        var end = raw.IndexOf('?', StringComparison.Ordinal);
        var path = end < 0 ? raw.AsSpan() : raw.AsSpan(0, end);
        if (path.Contains('%') || path.Contains("/.", StringComparison.Ordinal))
            http.Request.Path = new PathString(Uri.UnescapeDataString(path));
    }

    /// <summary>Where the first segments of a path as it was sent end, counted as they are when it is read: empty ones are none.</summary>
    public static int EndOfSegments(ReadOnlySpan<char> path, int count)
    {
        var at = 0;
        for (; count > 0; count--)
        {
            while (SeparatorAt(path[at..]) is > 0 and var width)
                at += width;
            while (at < path.Length && SeparatorAt(path[at..]) == 0)
                at++;
        }

        return at;
    }

    /// <summary>How many characters are the separator that a path begins with; 0 when it begins with none.</summary>
    public static int SeparatorAt(ReadOnlySpan<char> path) =>
        path is ['/', ..] ? 1 : path.StartsWith("%2f", StringComparison.OrdinalIgnoreCase) ? 3 : 0;
}
