using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Xebec.Dns.Serving;

/// <summary>Serves DNS over UDP and TCP on one address; the address need not exist on the machine yet.</summary>
internal sealed class DnsServer : IDisposable
{
    private const int SolIp = 0, IpFreeBind = 15;
    private readonly Socket datagrams;
    private readonly Socket listener;
    private readonly DatagramService datagramService;
    private readonly StreamService streamService;

    /// <summary>Binds both sockets; port 0 takes any port that is free for both.</summary>
    /// <exception cref="SocketException">The port is taken.</exception>
    public DnsServer(IPEndPoint address, DnsHandler handler, TimeProvider time, ILogger logger)
    {
        datagrams = Bind(address, SocketType.Dgram, ProtocolType.Udp);
        EndPoint = (IPEndPoint)datagrams.LocalEndPoint!;
        try
        {
            listener = Bind(EndPoint, SocketType.Stream, ProtocolType.Tcp);
        }
        catch
        {
            datagrams.Dispose();
            throw;
        }

        listener.Listen();
        datagramService = new(datagrams, handler, time, logger);
        streamService = new(listener, handler, time, logger);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Serves until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(datagramService.RunAsync(cancellationToken), streamService.RunAsync(cancellationToken));

    public void Dispose()
    {
        datagrams.Dispose();
        listener.Dispose();
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
