using System.IO.Compression;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Xebec.ApiServer.Endpoints;

/// <summary>gzip for large answers to clients that read it, at the level that costs least; watches are never compressed.</summary>
internal static class ResponseCompression
{
    private const int ThresholdBytes = 128 * 1024;

    /// <summary>Whether an answer of a size is compressed.</summary>
    public static bool Applies(HttpRequest request, long bytes) => bytes > ThresholdBytes && Accepts(request);

    /// <summary>Whether a list is.</summary>
    public static bool Applies(HttpRequest request, ListPage page) =>
        !HttpMethods.IsHead(request.Method) && Accepts(request) && page.IsLongerThan(ThresholdBytes);

    /// <summary>Writes an answer compressed.</summary>
    public static async Task WriteAsync(HttpContext http, Func<PipeWriter, ValueTask> write)
    {
        http.Response.Headers.ContentEncoding = "gzip";
        http.Response.Headers.Append("Vary", "Accept-Encoding");
        await using var gzip = new GZipStream(http.Response.Body, CompressionLevel.Fastest, leaveOpen: true);
        var output = PipeWriter.Create(gzip, new StreamPipeWriterOptions(leaveOpen: true));
        await write(output);
        await output.CompleteAsync();
    }

    private static bool Accepts(HttpRequest request)
    {
        var encodings = request.Headers.AcceptEncoding.ToString();
        foreach (var encoding in encodings.AsSpan().Split(','))
        {
            if (encodings.AsSpan()[encoding].Trim().SequenceEqual("gzip"))
                return true;
        }

        return false;
    }
}
