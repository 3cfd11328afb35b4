using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Xebec.ApiServer.Proxy;
using Xebec.ApiServer.Webhooks;

namespace Xebec.ApiServer.Aggregation;

/// <summary>Connections to one extension server: TLS with the proxy's client certificate, by which it knows that the headers are true.</summary>
internal sealed class RemoteClient
{
    private readonly RemoteBackend _backend;
    private readonly ServiceResolver _services;
    private readonly KubeApiServerOptions _options;
    private readonly WebhookTrust _trust;

    public RemoteClient(RemoteBackend backend, ServiceResolver services, KubeApiServerOptions options, TimeProvider time)
    {
        (_backend, _services, _options) = (backend, services, options);
        _trust = new WebhookTrust(backend.CaBundle, time);
        var handler = ReverseProxy.Handler();
        handler.SslOptions = Tls();
        handler.ConnectCallback = async (_, cancellation) => await DialAsync(cancellation);
        Http = new HttpMessageInvoker(handler);
    }

    /// <summary>Sends plain requests. It is not disposed: watches of a server whose APIService changed go on, idle connections end.</summary>
    public HttpMessageInvoker Http { get; }

    /// <summary>Opens a connection for an upgraded stream.</summary>
    /// <exception cref="IOException">The server can't be reached.</exception>
    public async Task<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        var stream = new SslStream(await DialAsync(cancellationToken));
        try
        {
            await stream.AuthenticateAsClientAsync(Tls(), cancellationToken);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private async Task<NetworkStream> DialAsync(CancellationToken cancellationToken)
    {
        EndPoint target = _services.Resolve(_backend.Namespace, _backend.Name, _backend.Port);
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

    private SslClientAuthenticationOptions Tls() => new()
    {
        TargetHost = _backend.ServerName,
        ApplicationProtocols = [SslApplicationProtocol.Http11],
        LocalCertificateSelectionCallback = (_, _, _, _, _) => _options.ProxyClientCertificate?.Current.Certificate!,
        RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            _backend.IsInsecure || _trust.Check(_backend.ServerName, certificate, chain, errors),
    };
}
