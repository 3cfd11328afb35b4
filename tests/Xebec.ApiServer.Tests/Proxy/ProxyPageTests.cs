using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Xebec.ApiServer.Proxy;

namespace Xebec.ApiServer.Tests.Proxy;

public sealed class ProxyPageTests
{
    private const string Page = "<a href=\"/x\">\u00e4</a>";
    private static readonly LinkRewriter Links = new("https://api", "/p/proxy", "10.0.0.1");

    [Theory]
    [InlineData("text/html")]
    [InlineData("text/html; charset=utf-8")]
    [InlineData("text/html; charset=\"UTF-8\"")]
    public async Task The_links_of_a_page_are_rewritten_plain_or_compressed(string type)
    {
        const string Expected = "<a href=\"https://api/p/proxy/x\">\u00e4</a>";
        Assert.Equal(Expected, Encoding.UTF8.GetString(await RewriteAsync(Encoding.UTF8.GetBytes(Page), type)));
        Assert.Equal(Expected, Encoding.UTF8.GetString(await RewriteAsync(Zip(Encoding.UTF8.GetBytes(Page)), type, "gzip")));
    }

    [Theory]
    [InlineData("text/html; charset=iso-8859-1")]
    [InlineData("text/html")]
    public async Task A_page_in_another_character_set_passes_unchanged(string type)
    {
        var page = Encoding.Latin1.GetBytes(Page);
        Assert.Equal(page, await RewriteAsync(page, type));
    }

    [Fact]
    public async Task A_page_that_is_too_large_or_becomes_so_passes_unchanged()
    {
        var page = Encoding.UTF8.GetBytes(Page + new string(' ', 9 * 1024 * 1024));
        Assert.Equal(page, await RewriteAsync(page, "text/html"));
        var zipped = Zip(page);
        Assert.Equal(zipped, await RewriteAsync(zipped, "text/html", "gzip"));
        Assert.Equal("not zipped"u8.ToArray(), await RewriteAsync("not zipped"u8.ToArray(), "text/html", "gzip"));
    }

    [Fact]
    public async Task Of_a_page_without_end_only_the_beginning_is_read_before_it_is_passed_on()
    {
        var source = new EndlessPage();
        using var answer = await ProxyPage.RewriteAsync(Content(source, "text/html", ""), Links, CancellationToken.None);
        Assert.InRange(source.ReadBytes, 1, 9 * 1024 * 1024);
    }

    private static async Task<byte[]> RewriteAsync(byte[] body, string type, string encoding = "")
    {
        using var answer = await ProxyPage.RewriteAsync(Content(new PrefixedStream(body, Stream.Null), type, encoding), Links, CancellationToken.None);
        Assert.Equal(type, answer.Headers.ContentType?.ToString());
        return await answer.ReadAsByteArrayAsync();
    }

    // No length is known of it, as of a chunked answer.
    private static StreamContent Content(Stream body, string type, string encoding)
    {
        var content = new StreamContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
        if (encoding.Length > 0)
            content.Headers.ContentEncoding.Add(encoding);
        return content;
    }

    private static byte[] Zip(byte[] plain)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionMode.Compress))
            gzip.Write(plain);
        return zipped.ToArray();
    }
}
