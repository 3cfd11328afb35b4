using System.Net;
using System.Net.Sockets;
using Xebec.Dns.Messages;

namespace Xebec.Dns.Tests.Forwarding;

/// <summary>A resolver that knows one address for every name and counts questions.</summary>
internal sealed class FakeUpstream : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private int _questions;

    public FakeUpstream()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _ = ServeAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    public int Questions => Volatile.Read(ref _questions);

    public void Dispose() => _socket.Dispose();

    private async Task ServeAsync()
    {
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0));
                Interlocked.Increment(ref _questions);
                await _socket.SendToAsync(Answer(buffer.AsSpan(0, received.ReceivedBytes)), received.RemoteEndPoint);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }

    private static byte[] Answer(ReadOnlySpan<byte> request)
    {
        Span<char> name = stackalloc char[DnsWire.MaxNameLength];
        Assert.Equal(DnsResponseCode.NoError, DnsQueryReader.Read(request, name, out var query));
        var response = new byte[512];
        var writer = new DnsWriter(request, query, response, 512, stackalloc ushort[8]);
        if (query.Type == DnsType.A) writer.WriteAddress(DnsSection.Answer, name[..query.NameLength], 60, IPAddress.Parse("203.0.113.1"));
        return response[..writer.Finish()];
    }
}
