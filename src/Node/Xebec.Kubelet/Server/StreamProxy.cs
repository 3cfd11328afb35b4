using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Xebec.Kubelet.Server;

/// <summary>
/// Carries exec, attach and port-forward: replays the client's request to the runtime's streaming server and, when that agrees
/// to upgrade, copies bytes both ways. It does not look at them, so SPDY and WebSocket both pass.
/// </summary>
internal static class StreamProxy
{
    private const int MaximumHeadBytes = 32 * 1024;
    private const int CopyBytes = 32 * 1024;

    public static async Task ForwardAsync(HttpContext context, Uri target)
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } upgrade)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync("Upgrade request required\n");
            return;
        }

        var cancellation = context.RequestAborted;
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(target.Host, target.Port, cancellation);
        await using var runtime = new NetworkStream(socket, ownsSocket: false);
        await runtime.WriteAsync(RequestHead(context.Request, target), cancellation);
        var (head, rest) = await ReadHeadAsync(runtime, cancellation);
        if (!CopyHead(head, context.Response))
        {
            await CopyRefusalAsync(head, rest, runtime, context.Response, cancellation);
            return;
        }

        await using var client = await upgrade.UpgradeAsync();
        await client.WriteAsync(rest, cancellation);
        await PumpAsync(client, runtime, socket);
    }

    /// <summary>The request line and headers for the runtime, as the client sent them but for the host.</summary>
    private static byte[] RequestHead(HttpRequest request, Uri target)
    {
        var head = new StringBuilder();
        head.Append(request.Method).Append(' ').Append(target.PathAndQuery).Append(" HTTP/1.1\r\nHost: ").Append(target.Authority).Append(
            "\r\n");
        foreach (var (name, values) in request.Headers)
        {
            if (name.Equals("Host", StringComparison.OrdinalIgnoreCase) || name.Equals("Authorization", StringComparison.OrdinalIgnoreCase))
                continue;
            foreach (var value in values)
                head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        return Encoding.Latin1.GetBytes(head.Append("\r\n").ToString());
    }

    private static async Task<(string Head, ReadOnlyMemory<byte> Body)> ReadHeadAsync(Stream stream, CancellationToken cancellation)
    {
        var buffer = new byte[MaximumHeadBytes];
        var count = 0;
        while (count < buffer.Length)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(count), cancellation);
            if (read == 0)
                throw new IOException("the runtime's streaming server closed the connection");
            count += read;
            var end = buffer.AsSpan(0, count).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
                return (Encoding.Latin1.GetString(buffer, 0, end), buffer.AsMemory(end + 4, count - end - 4));
        }

        throw new IOException("the runtime's streaming server sent too long a header");
    }

    // The runtime keeps the connection open, so the body ends by its length.
    private static async Task CopyRefusalAsync(
        string head, ReadOnlyMemory<byte> begun, Stream runtime, HttpResponse response, CancellationToken cancellation)
    {
        await response.Body.WriteAsync(begun, cancellation);
        var length = head.Split("\r\n").Where(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            .Select(l => int.Parse(l.AsSpan(15), System.Globalization.CultureInfo.InvariantCulture)).FirstOrDefault();
        var left = Math.Min(length, MaximumHeadBytes) - begun.Length;
        if (left <= 0)
            return;
        var body = new byte[left];
        await runtime.ReadExactlyAsync(body, cancellation);
        await response.Body.WriteAsync(body, cancellation);
    }

    /// <summary>Copies status and headers; whether the runtime agreed to upgrade.</summary>
    private static bool CopyHead(string head, HttpResponse response)
    {
        var lines = head.Split("\r\n");
        var status = lines[0].Split(' ');
        response.StatusCode = status.Length > 1 && int.TryParse(status[1], out var code) ? code : StatusCodes.Status502BadGateway;
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || line.StartsWith("Content-Length", StringComparison.OrdinalIgnoreCase))
                continue;
            response.Headers.Append(line[..colon], line[(colon + 1)..].Trim());
        }

        return response.StatusCode == StatusCodes.Status101SwitchingProtocols;
    }

    /// <summary>Ends when the runtime is done; the end of the client's side is passed on, as the end of stdin is.</summary>
    private static async Task PumpAsync(Stream client, Stream runtime, Socket socket)
    {
        var toRuntime = CopyToRuntimeAsync(client, runtime, socket);
        try
        {
            await runtime.CopyToAsync(client, CopyBytes);
        }
        catch (IOException)
        {
            // Either side hung up: the other one learns it by the sockets closing.
        }
        finally
        {
            socket.Dispose();
        }

        _ = toRuntime;
    }

    private static async Task CopyToRuntimeAsync(Stream client, Stream runtime, Socket socket)
    {
        try
        {
            await client.CopyToAsync(runtime, CopyBytes);
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            socket.Dispose();
        }
    }
}
