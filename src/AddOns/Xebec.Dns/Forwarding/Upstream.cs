using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Xebec.Dns.Messages;

namespace Xebec.Dns.Forwarding;

/// <summary>Asks one resolver. After two failures in a row it is left alone for a while, so that a host without network answers at once.</summary>
internal sealed class Upstream(IPEndPoint server, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2), Rest = TimeSpan.FromSeconds(10);
    private int _failures;
    private long _restUntil;

    /// <summary>True if the resolver may be asked now.</summary>
    public bool IsAvailable => Volatile.Read(ref _failures) < 2 || time.GetTimestamp() >= Volatile.Read(ref _restUntil);

    /// <summary>The response with the query's own id; null if there was none.</summary>
    public async Task<byte[]?> AskAsync(ReadOnlyMemory<byte> query, bool isStream, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var response = await (isStream ? AskTcpAsync(query, either.Token) : AskUdpAsync(query, either.Token));
            Volatile.Write(ref _failures, 0);
            return response;
        }
        catch (Exception e) when (e is SocketException or IOException or EndOfStreamException || patience.IsCancellationRequested)
        {
            Volatile.Write(ref _restUntil, time.GetTimestamp() + (long)(Rest.TotalSeconds * time.TimestampFrequency));
            Interlocked.Increment(ref _failures);
            return null;
        }
    }

    // An unpredictable id and source port keep strangers from answering in the resolver's place.
    private async Task<byte[]> AskUdpAsync(ReadOnlyMemory<byte> query, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, cancellationToken);
        var message = query.ToArray();
        RandomNumberGenerator.Fill(message.AsSpan(0, 2));
        await socket.SendAsync(message, cancellationToken);
        var buffer = new byte[4096];
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer, cancellationToken);
            if (!IsResponse(message, buffer.AsSpan(0, length))) continue;
            query.Span[..2].CopyTo(buffer);
            return buffer[..length];
        }
    }

    private async Task<byte[]> AskTcpAsync(ReadOnlyMemory<byte> query, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server, cancellationToken);
        await using var stream = new NetworkStream(socket);
        var framed = new byte[query.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)query.Length);
        query.CopyTo(framed.AsMemory(2));
        await stream.WriteAsync(framed, cancellationToken);
        var head = new byte[2];
        await stream.ReadExactlyAsync(head, cancellationToken);
        var response = new byte[BinaryPrimitives.ReadUInt16BigEndian(head)];
        await stream.ReadExactlyAsync(response, cancellationToken);
        return IsResponse(query.Span, response) ? response : throw new IOException("not a response to the query");
    }

    private static bool IsResponse(ReadOnlySpan<byte> query, ReadOnlySpan<byte> message) =>
        message.Length >= DnsWire.HeaderLength && message[..2].SequenceEqual(query[..2]) && (message[2] & 0x80) != 0;
}
