using System.Net;
using System.Net.Sockets;

namespace Xebec.Client.Tests.Fakes;

/// <summary>Forwards connections to a server that may change; can fall silent, as a network does that loses every packet.</summary>
internal sealed class TcpRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _connections = [];
    private readonly Task _accepting;
    private CancellationTokenSource _silence = new();

    public TcpRelay()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"https://{_listener.LocalEndpoint}");

    /// <summary>Where new connections go.</summary>
    public int TargetPort { get; set; }

    /// <summary>Connections open now forward nothing more and are not closed; new ones are forwarded.</summary>
    public void Silence() => Interlocked.Exchange(ref _silence, new CancellationTokenSource()).Cancel();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_connections).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
            _connections.Add(ForwardAsync(await _listener.AcceptTcpClientAsync(_stop.Token), _silence.Token));
    }

    private async Task ForwardAsync(TcpClient client, CancellationToken silence)
    {
        using (client)
        using (var server = new TcpClient())
        {
            await server.ConnectAsync(IPAddress.Loopback, TargetPort, _stop.Token);
            var up = PumpAsync(client.GetStream(), server.GetStream(), silence);
            var down = PumpAsync(server.GetStream(), client.GetStream(), silence);
            await Task.WhenAny(up, down);
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, CancellationToken silence)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer, _stop.Token) is > 0 and var count)
        {
            if (!silence.IsCancellationRequested)
                await to.WriteAsync(buffer.AsMemory(0, count), _stop.Token);
        }
    }
}
