using System.Buffers;
using Microsoft.AspNetCore.Http;
using Xebec.ApiMachinery.Errors;

namespace Xebec.ApiServer.Endpoints;

/// <summary>Reads a request's body whole, within upstream's limit.</summary>
internal static class RequestBody
{
    /// <summary>The largest body, in bytes (3 MiB, as upstream).</summary>
    public const int MaximumBytes = 3 * 1024 * 1024;

    /// <summary>Reads the body.</summary>
    /// <exception cref="ApiException">413 when it is larger than <see cref="MaximumBytes"/>.</exception>
    public static async ValueTask<byte[]> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentLength > MaximumBytes)
            throw TooLarge();
        var reader = http.Request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(http.RequestAborted);
            if (result.Buffer.Length > MaximumBytes)
                throw TooLarge();
            if (result.IsCompleted)
            {
                var body = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return body;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private static ApiException TooLarge() => ApiErrors.RequestEntityTooLarge($"limit is {MaximumBytes}");
}
