using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Xebec.Dns.Serving;

/// <summary>Serves DNS over UDP and TCP on one address; the address need not exist on the machine yet.</summary>
internal sealed class DnsServer : IDisposable
{
    private const int SolIp = 0, IpFreeBind = 15;
    private const int MostAttempts = 16;
    private readonly Socket _datagrams;
    private readonly Socket _listener;
    private readonly DatagramService _datagramService;
    private readonly StreamService _streamService;

    /// <summary>Binds both sockets; port 0 takes any port that is free for both.</summary>
    /// <exception cref="SocketException">The port is taken.</exception>
    public DnsServer(IPEndPoint address, DnsHandler handler, TimeProvider time, ILogger logger)
    {
        (_datagrams, _listener) = BindBoth(address);
        EndPoint = (IPEndPoint)_datagrams.LocalEndPoint!;
        _listener.Listen();
        _datagramService = new(_datagrams, handler, time, logger);
        _streamService = new(_listener, handler, time, logger);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Serves until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_datagramService.RunAsync(cancellationToken), _streamService.RunAsync(cancellationToken));

    public void Dispose()
    {
        _datagrams.Dispose();
        _listener.Dispose();
    }

    // A port that is free for datagrams may be taken for streams; when any port will do, another one is tried.
    private static (Socket Datagrams, Socket Listener) BindBoth(IPEndPoint address)
    {
        for (var attempt = 1; ; attempt++)
        {
            var datagrams = Bind(address, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                return (datagrams, Bind((IPEndPoint)datagrams.LocalEndPoint!, SocketType.Stream, ProtocolType.Tcp));
            }
            catch (SocketException) when (address.Port == 0 && attempt < MostAttempts)
            {
                datagrams.Dispose();
            }
            catch
            {
                datagrams.Dispose();
                throw;
            }
        }
    }

    private static Socket Bind(IPEndPoint address, SocketType type, ProtocolType protocol)
    {
        var socket = new Socket(address.AddressFamily, type, protocol);
        try
        {
            // The bridge that will carry the address comes with the node's first pod.
            if (OperatingSystem.IsLinux()) socket.SetRawSocketOption(SolIp, IpFreeBind, BitConverter.GetBytes(1));
            if (type == SocketType.Stream) socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(address);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
