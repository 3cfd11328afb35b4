using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Xebec.ApiServer.Proxy;

/// <summary>A backend's page of HTML. One that is too large, or whose text can't be read for certain, is passed on as it is.</summary>
internal static class ProxyPage
{
    private const int MaximumBytes = 8 * 1024 * 1024;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The page with its links rewritten, or as it came.</summary>
    public static async Task<HttpContent> RewriteAsync(HttpContent content, LinkRewriter links, CancellationToken cancellationToken)
    {
        var encoding = content.Headers.ContentEncoding.FirstOrDefault() ?? "";
        if (content.Headers.ContentLength is 0 or > MaximumBytes || encoding is not ("" or "gzip") || !IsUtf8(content.Headers.ContentType?.CharSet))
            return content;
        var body = await content.ReadAsStreamAsync(cancellationToken);
        var sent = await ReadAsync(body, cancellationToken);
        if (sent.Length > MaximumBytes)
            return With(content, new StreamContent(new PrefixedStream(sent, body)), isRewritten: false);
        var page = await TextAsync(sent, encoding, cancellationToken) is { } text ? Rewrite(text, links) : null;
        return page is null
            ? With(content, new ByteArrayContent(sent), isRewritten: false)
            : With(content, new ByteArrayContent(Utf8.GetBytes(page)), isRewritten: true);
    }

    private static bool IsUtf8(string? charset) => charset?.Trim('"').ToLowerInvariant() is null or "" or "utf-8" or "utf8" or "us-ascii";

    private static async Task<string?> TextAsync(byte[] sent, string encoding, CancellationToken cancellationToken)
    {
        try
        {
            if (encoding.Length == 0)
                return Utf8.GetString(sent);
            await using var plain = new GZipStream(new MemoryStream(sent), CompressionMode.Decompress);
            var page = await ReadAsync(plain, cancellationToken);
            return page.Length > MaximumBytes ? null : Utf8.GetString(page);
        }
        catch (Exception e) when (e is DecoderFallbackException or InvalidDataException)
        {
            return null;
        }
    }

    private static string? Rewrite(string page, LinkRewriter links)
    {
        try
        {
            return links.RewritePage(page);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    // One piece more than the most that is rewritten tells that there is more.
    private static async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int count; read.Length <= MaximumBytes && (count = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
            read.Write(buffer, 0, count);
        return read.ToArray();
    }

    private static HttpContent With(HttpContent old, HttpContent made, bool isRewritten)
    {
        foreach (var (name, values) in old.Headers.NonValidated)
        {
            if (!isRewritten || !IsOfTheBytes(name))
                made.Headers.TryAddWithoutValidation(name, (IEnumerable<string>)values);
        }

        return made;
    }

    private static bool IsOfTheBytes(string header) =>
        header.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) || header.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase);
}
