using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Xebec.ApiServer.Webhooks;

namespace Xebec.ApiServer.Proxy;

/// <summary>Connections to pods and Services on behalf of users. Their certificates prove nothing here, as upstream has it.</summary>
internal sealed class ProxyTransport : IDisposable
{
    public ProxyTransport()
    {
        var handler = ReverseProxy.Handler();
        handler.SslOptions = Tls("");
        handler.ConnectCallback = async (context, cancellation) => await DialAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellation);
        Http = new HttpMessageInvoker(handler);
    }

    /// <summary>Sends plain requests.</summary>
    public HttpMessageInvoker Http { get; }

    /// <summary>Opens a connection for an upgraded stream.</summary>
    /// <exception cref="IOException">The backend can't be reached.</exception>
    public static async Task<Stream> ConnectAsync(Uri target, CancellationToken cancellationToken)
    {
        var plain = await DialAsync(target.Host, target.Port, cancellationToken);
        if (target.Scheme != Uri.UriSchemeHttps)
            return plain;
        var stream = new SslStream(plain);
        try
        {
            await stream.AuthenticateAsClientAsync(Tls(target.Host), cancellationToken);
            return stream;
        }
        catch (AuthenticationException e)
        {
            await stream.DisposeAsync();
            throw new IOException(e.Message);
        }
    }

    private static async Task<NetworkStream> DialAsync(string host, int port, CancellationToken cancellationToken)
    {
        EndPoint target = IPAddress.TryParse(host, out var address) ? new IPEndPoint(address, port) : new DnsEndPoint(host, port);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(target, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new IOException(ConnectionText.Dial(target, e));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static SslClientAuthenticationOptions Tls(string host) => new()
    {
        TargetHost = host,
        RemoteCertificateValidationCallback = static (_, _, _, _) => true,
    };

    public void Dispose() => Http.Dispose();
}
