using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.Proxy;

/// <summary>
/// Carries an upgraded connection (SPDY or WebSocket) to a backend: replays the request's head there and, when the backend agrees,
/// pumps bytes both ways without looking at them.
/// </summary>
internal static class StreamForwarder
{
    /// <summary>What a client is told whom a backend would send elsewhere.</summary>
    public const string RedirectRefused = "the backend attempted to redirect this request, which is not permitted";

    private const int MaximumHeadBytes = 32 * 1024;

    // Who asks is for this server; the replayed request has no body to measure.
    private static readonly string[] NotForwarded = ["Host", "Authorization", "Content-Length", "Transfer-Encoding"];

    /// <summary>Forwards the request to a path of a connected backend.</summary>
    /// <param name="http">The request.</param>
    /// <param name="backend">The connection.</param>
    /// <param name="host">Its Host header there.</param>
    /// <param name="pathAndQuery">Its path and query there.</param>
    /// <param name="refuses">Whether an answer of a code, with or without a Location, is not passed on.</param>
    /// <exception cref="ApiException">400 when the client asks for no upgrade.</exception>
    public static async Task ForwardAsync(HttpContext http, Stream backend, string host, string pathAndQuery, Func<int, bool, bool>? refuses = null)
    {
        if (http.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } upgrade)
            throw ApiErrors.BadRequest("Upgrade request required");
        await backend.WriteAsync(Head(http.Request, host, pathAndQuery), http.RequestAborted);
        var (head, rest) = await ReadHeadAsync(backend, http.RequestAborted);
        if (refuses?.Invoke(CodeOf(head), head.Contains("\r\nLocation:", StringComparison.OrdinalIgnoreCase)) == true)
        {
            await Responses.WriteTextAsync(http, RedirectRefused, StatusCodes.Status502BadGateway);
            return;
        }

        if (!CopyHead(head, http.Response))
        {
            var text = await RefusedUpgrade.ReadAsync(head, rest, backend, http.RequestAborted);
            await http.Response.WriteAsync(text, http.RequestAborted);
            return;
        }

        await using var client = await upgrade.UpgradeAsync();
        await client.WriteAsync(rest, http.RequestAborted);
        await PumpAsync(client, backend);
    }

    private static byte[] Head(HttpRequest request, string host, string pathAndQuery)
    {
        var head = new StringBuilder($"{request.Method} {pathAndQuery} HTTP/1.1\r\nHost: {host}\r\n");
        foreach (var (name, values) in request.Headers)
        {
            if (NotForwarded.Contains(name, StringComparer.OrdinalIgnoreCase) || name.StartsWith("Impersonate-", StringComparison.OrdinalIgnoreCase))
                continue;
            foreach (var value in values)
                head.Append($"{name}: {value?.Replace('\r', ' ').Replace('\n', ' ')}\r\n");
        }

        return Encoding.Latin1.GetBytes(head.Append("\r\n").ToString());
    }

    private static async Task<(string Head, ReadOnlyMemory<byte> Remainder)> ReadHeadAsync(Stream backend, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaximumHeadBytes];
        for (var count = 0; count < buffer.Length;)
        {
            var read = await backend.ReadAsync(buffer.AsMemory(count), cancellationToken);
            if (read == 0)
                break;
            count += read;
            var end = buffer.AsSpan(0, count).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
                return (Encoding.Latin1.GetString(buffer, 0, end), buffer.AsMemory(end + 4, count - end - 4));
        }

        throw ApiErrors.InternalError("error dialing backend: the connection ended before the response");
    }

    // True when the backend agreed to upgrade.
    private static bool CopyHead(string head, HttpResponse response)
    {
        var lines = head.Split("\r\n");
        response.StatusCode = CodeOf(head);
        foreach (var line in lines.AsSpan(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && !line.StartsWith("Content-Length", StringComparison.OrdinalIgnoreCase) &&
                !line.StartsWith("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
                response.Headers.Append(line[..colon], line[(colon + 1)..].Trim());
        }

        return response.StatusCode == StatusCodes.Status101SwitchingProtocols;
    }

    private static int CodeOf(string head) => head.Split(' ', 3) is [_, var code, ..] && int.TryParse(code.AsSpan(0, Math.Min(3, code.Length)), out var status)
        ? status
        : StatusCodes.Status502BadGateway;

    private static async Task PumpAsync(Stream client, Stream backend)
    {
        var up = CopyAsync(client, backend);
        var down = CopyAsync(backend, client);
        await Task.WhenAny(up, down);
        // One side is done, which ends both: what the other still says has nowhere to go.
        await backend.DisposeAsync();
        await client.DisposeAsync();
        await Task.WhenAll(up, down).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task CopyAsync(Stream from, Stream to)
    {
        try
        {
            await from.CopyToAsync(to, 32 * 1024);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // One side hung up, which ends both.
        }
    }
}
