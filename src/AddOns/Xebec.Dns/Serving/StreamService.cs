using System.Buffers.Binary;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Xebec.Dns.Messages;
using Xebec.Dns.Zones;

namespace Xebec.Dns.Serving;

/// <summary>DNS over TCP: each message behind its length, several per connection (RFC 7766).</summary>
internal sealed partial class StreamService(Socket listener, DnsHandler handler, TimeProvider time, ILogger logger)
{
    private const int MaxConnections = 256;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10), Pause = TimeSpan.FromMilliseconds(100);
    private readonly SemaphoreSlim _connections = new(MaxConnections);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await _connections.WaitAsync(cancellationToken);
                _ = ServeAsync(await listener.AcceptAsync(cancellationToken), cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException e)
            {
                _connections.Release();
                LogFailed(e.Message);
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ServeAsync(Socket socket, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            while (await ServeOneAsync(stream, cancellationToken))
            {
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client went away, was idle for too long, or we stop: nothing is owed to it.
        }
        finally
        {
            _connections.Release();
        }
    }

    private async Task<bool> ServeOneAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        using var idle = new CancellationTokenSource(Idle, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
        var head = new byte[2];
        await stream.ReadExactlyAsync(head, either.Token);
        var request = new byte[BinaryPrimitives.ReadUInt16BigEndian(head)];
        await stream.ReadExactlyAsync(request, either.Token);
        if (await AnswerAsync(request, either.Token) is not { } framed) return false;
        await stream.WriteAsync(framed, either.Token);
        return true;
    }

    private async Task<ReadOnlyMemory<byte>?> AnswerAsync(byte[] request, CancellationToken cancellationToken)
    {
        var framed = new byte[2 + DnsWire.MaxMessageLength];
        var answer = handler.Respond(request, framed.AsSpan(2), isStream: true, out var length, out var target);
        if (answer == ZoneAnswer.Drop) return null;
        if (answer != ZoneAnswer.Complete)
        {
            var forwarded = await handler.ForwardAsync(request, target, isStream: true, cancellationToken);
            length = forwarded.Length;
            forwarded.CopyTo(framed, 2);
        }

        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)length);
        return framed.AsMemory(0, length + 2);
    }

    [LoggerMessage(5202, LogLevel.Warning, "DNS over TCP failed: {error}")]
    private partial void LogFailed(string error);
}
