using System.Net.Sockets;
using System.Text;

namespace HelloXebec;

/// <summary>The smallest HTTP/1.1 server that shows which pod answers: GET / and GET /healthz, connections kept alive.</summary>
public sealed class HelloServer(string version)
{
    private int _requestsInFlight;

    /// <summary>True once the pod is told to stop: /healthz fails, and connections close after the answer.</summary>
    public volatile bool IsDraining;

    /// <summary>Serves until stopped, then finishes the requests it has.</summary>
    public async Task RunAsync(TcpListener listener, CancellationToken stopped)
    {
        listener.Start(512);
        Console.WriteLine($"hello-xebec {version} listens on {listener.LocalEndpoint}");
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptTcpClientAsync(stopped), stopped);
        }
        catch (OperationCanceledException)
        {
            SpinWait.SpinUntil(() => Volatile.Read(ref _requestsInFlight) == 0, TimeSpan.FromSeconds(5));
        }

        Console.WriteLine("hello-xebec has drained");
    }

    private async Task ServeAsync(TcpClient client, CancellationToken stopped)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII, false, 1024, leaveOpen: true);
                while (await reader.ReadLineAsync(stopped) is { Length: > 0 } requestLine)
                    if (!await AnswerAsync(stream, reader, requestLine)) return;
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                // The client has gone, or the pod stops while the connection idles.
            }
        }
    }

    private async Task<bool> AnswerAsync(NetworkStream stream, StreamReader reader, string requestLine)
    {
        Interlocked.Increment(ref _requestsInFlight);
        try
        {
            var keepAlive = requestLine.EndsWith("HTTP/1.1", StringComparison.Ordinal) && !IsDraining;
            while (await reader.ReadLineAsync() is { Length: > 0 } header)
                if (header.Equals("Connection: close", StringComparison.OrdinalIgnoreCase)) keepAlive = false;
            await stream.WriteAsync(Response(requestLine.Split(' ')[1], keepAlive));
            return keepAlive;
        }
        finally
        {
            Interlocked.Decrement(ref _requestsInFlight);
        }
    }

    private byte[] Response(string path, bool keepAlive)
    {
        var (status, body) = path switch
        {
            "/healthz" => IsDraining ? ("503 Service Unavailable", "draining\n") : ("200 OK", "ok\n"),
            "/" => ("200 OK", $"Hello from {Environment.MachineName}, version {version}\n"),
            _ => ("404 Not Found", "not found\n"),
        };
        var connection = keepAlive ? "keep-alive" : "close";
        return Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\nConnection: {connection}\r\n\r\n{body}");
    }
}
