using System.Net;
using System.Net.Sockets;
using Xebec.EndToEnd.Tests.Clusters;

namespace Xebec.EndToEnd.Tests.Clients;

/// <summary>A port of this machine that leads to one in a cluster's network, for clients that make their sockets themselves.</summary>
internal sealed class NamespaceForwarder : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly NetworkNamespace _network;
    private readonly int _port;
    private readonly Task _accepting;

    public NamespaceForwarder(NetworkNamespace network, int port)
    {
        (_network, _port) = (network, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"https://{_listener.LocalEndpoint}");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
                connections.Add(ForwardAsync(await _listener.AcceptSocketAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ForwardAsync(Socket accepted)
    {
        try
        {
            await using var client = new NetworkStream(accepted, ownsSocket: true);
            using var socket = await _network.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _port), _stop.Token);
            await using var server = new NetworkStream(socket);
            await Task.WhenAny(client.CopyToAsync(server, _stop.Token), server.CopyToAsync(client, _stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
        {
            // One side is gone: so is the connection.
        }
    }
}
