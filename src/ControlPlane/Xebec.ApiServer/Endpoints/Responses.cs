using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiServer.Endpoints.Formats;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Endpoints;

/// <summary>Writes whole responses.</summary>
internal static class Responses
{
    /// <summary>One object in the format asked for.</summary>
    public static async Task WriteObjectAsync(RequestContext request, ResponseFormat format, CachedObject item, int code = 200)
    {
        var response = request.Http.Response;
        response.StatusCode = code;
        response.ContentType = format.ContentType;
        await request.Resource.PrepareAsync(item, request.Aborted);
        var served = request.Resource.Serve(item);
        request.Audit?.SetResponseObject(served.Json);
        var isHead = HttpMethods.IsHead(request.Http.Request.Method);
        if (!isHead && ResponseCompression.Applies(request.Http.Request, served.Json.Length))
        {
            await WriteCompressedAsync(request, format, served);
            return;
        }

        if (format is JsonFormat)
            response.ContentLength = JsonFormat.LengthOf(served);
        if (!isHead)
            format.WriteObject(response.BodyWriter, request.Resource, served);
        await response.BodyWriter.FlushAsync(request.Aborted);
    }

    // Methods of their own, so that only answers that are compressed or long pay for the closures.
    private static Task WriteCompressedAsync(RequestContext request, ResponseFormat format, CachedObject served) =>
        ResponseCompression.WriteAsync(request.Http, output =>
        {
            format.WriteObject(output, request.Resource, served);
            return ValueTask.CompletedTask;
        });

    private static Task WriteCompressedAsync(RequestContext request, ResponseFormat format, ListPage page) =>
        ResponseCompression.WriteAsync(request.Http, output => WriteListAsync(output, request, format, page));

    private static ValueTask WriteLongAsync(PipeWriter output, RequestContext request, ResponseFormat format, ListPage page) =>
        LongAnswers.WriteAsync(output, turns => format.WriteListAsync(turns, request.Resource, page, request.Aborted));

    /// <summary>A list in the format asked for.</summary>
    public static async Task WriteListAsync(RequestContext request, ResponseFormat format, ListPage page)
    {
        var response = request.Http.Response;
        response.ContentType = format.ContentType;
        if (ResponseCompression.Applies(request.Http.Request, page))
        {
            await WriteCompressedAsync(request, format, page);
            return;
        }

        if (!HttpMethods.IsHead(request.Http.Request.Method))
            await WriteListAsync(response.BodyWriter, request, format, page);
        await response.BodyWriter.FlushAsync(request.Aborted);
    }

    private static ValueTask WriteListAsync(PipeWriter output, RequestContext request, ResponseFormat format, ListPage page) =>
        page.IsLongerThan(LongAnswers.PieceBytes)
            ? WriteLongAsync(output, request, format, page)
            : format.WriteListAsync(output, request.Resource, page, request.Aborted);

    /// <summary>A Status, given as JSON, in the format asked for; JSON when that is none that it has.</summary>
    public static Task WriteStatusAsync(HttpContext http, ReadOnlySpan<byte> json, int code)
    {
        var (body, contentType) = StatusFormats.Write(http.Request, json);
        return WriteBytesAsync(http, body, contentType, code);
    }

    /// <summary>JSON bytes.</summary>
    public static Task WriteJsonAsync(HttpContext http, ReadOnlyMemory<byte> json, int code = 200) =>
        WriteBytesAsync(http, json, "application/json", code);

    /// <summary>Bytes of any type.</summary>
    public static async Task WriteBytesAsync(HttpContext http, ReadOnlyMemory<byte> body, string contentType, int code = 200)
    {
        http.Response.StatusCode = code;
        http.Response.ContentType = contentType;
        http.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.BodyWriter.WriteAsync(body, http.RequestAborted);
    }

    /// <summary>Plain text.</summary>
    public static async Task WriteTextAsync(HttpContext http, string text, int code = 200, string contentType = "text/plain; charset=utf-8")
    {
        http.Response.StatusCode = code;
        http.Response.ContentType = contentType;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        await http.Response.BodyWriter.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), http.RequestAborted);
    }

    /// <summary>A failure as a Status; nothing when the response has begun already.</summary>
    public static async Task WriteErrorAsync(HttpContext http, ApiException error)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        // A compressed answer that failed before its first byte has said so already.
        http.Response.Headers.Remove("Content-Encoding");
        if (error.RetryAfterSeconds > 0)
            http.Response.Headers.RetryAfter = error.RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await WriteStatusAsync(http, error.ToUtf8(), error.Code);
    }
}
