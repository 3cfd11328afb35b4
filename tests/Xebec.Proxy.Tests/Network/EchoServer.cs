using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Xebec.Proxy.Tests.Network;

/// <summary>Answers each connection or datagram with its own name and the client's address, then a line per received byte.</summary>
internal sealed class EchoServer : IDisposable
{
    private readonly Socket _listener;
    private readonly Socket _datagrams;

    public EchoServer(NetworkNamespace network, string name, int port)
    {
        _listener = network.Socket(SocketType.Stream, new(IPAddress.Any, port));
        _listener.Listen();
        _datagrams = network.Socket(SocketType.Dgram, new(IPAddress.Any, port));
        _ = AcceptAsync(name);
        _ = AnswerAsync(name);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _datagrams.Dispose();
    }

    private async Task AcceptAsync(string name)
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptAsync(), name);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }

    private static async Task ServeAsync(Socket client, string name)
    {
        using var _ = client;
        var answer = Encoding.ASCII.GetBytes($"{name} {((IPEndPoint)client.RemoteEndPoint!).Address}\n");
        var buffer = new byte[1];
        await client.SendAsync(answer);
        while (await client.ReceiveAsync(buffer) > 0) await client.SendAsync(answer);
    }

    private async Task AnswerAsync(string name)
    {
        var buffer = new byte[16];
        try
        {
            while (true)
            {
                var received = await _datagrams.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0));
                await _datagrams.SendToAsync(Encoding.ASCII.GetBytes($"{name} {received.RemoteEndPoint}"), received.RemoteEndPoint);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }
}
