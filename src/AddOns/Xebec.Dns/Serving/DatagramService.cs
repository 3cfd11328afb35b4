using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Xebec.Dns.Messages;
using Xebec.Dns.Zones;

namespace Xebec.Dns.Serving;

/// <summary>One loop over a UDP socket: cluster names are answered in it, without allocation; others wait for upstream beside it.</summary>
internal sealed partial class DatagramService(Socket socket, DnsHandler handler, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly byte[] _request = new byte[4096];
    private readonly byte[] _response = new byte[DnsWire.EdnsUdpLength];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var sender = new SocketAddress(socket.AddressFamily);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var length = await socket.ReceiveFromAsync(_request, SocketFlags.None, sender, cancellationToken);
                Answer(_request.AsSpan(0, length), sender, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException e)
            {
                LogFailed(e.Message);
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Answer(ReadOnlySpan<byte> query, SocketAddress sender, CancellationToken cancellationToken)
    {
        switch (handler.Respond(query, _response, isStream: false, out var length, out var target))
        {
            case ZoneAnswer.Complete:
                Send(_response.AsSpan(0, length), sender);
                break;
            case ZoneAnswer.Forward or ZoneAnswer.Chase:
                var client = new SocketAddress(sender.Family, sender.Size);
                sender.Buffer.Span[..sender.Size].CopyTo(client.Buffer.Span);
                _ = ForwardAsync(query.ToArray(), target, client, cancellationToken);
                break;
        }
    }

    // A client that cannot be reached must not hold up the others.
    private void Send(ReadOnlySpan<byte> answer, SocketAddress client)
    {
        try
        {
            socket.SendTo(answer, SocketFlags.None, client);
        }
        catch (SocketException e)
        {
            LogFailed(e.Message);
        }
    }

    private async Task ForwardAsync(byte[] query, string? target, SocketAddress client, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await handler.ForwardAsync(query, target, isStream: false, cancellationToken);
            await socket.SendToAsync(answer, SocketFlags.None, client, cancellationToken);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            if (e is SocketException) LogFailed(e.Message);
        }
    }

    [LoggerMessage(5201, LogLevel.Warning, "DNS over UDP failed: {error}")]
    private partial void LogFailed(string error);
}
