using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Webhooks;

namespace Xebec.ApiServer.Proxy;

/// <summary>Connections to kubelets: TLS with the API server's client certificate; the kubelet's is checked against the cluster's CA.</summary>
internal sealed class KubeletTransport : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private readonly KubeApiServerOptions _options;

    public KubeletTransport(KubeApiServerOptions options)
    {
        _options = options;
        Http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellation) => await DialAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellation),
            AllowAutoRedirect = false,
            UseCookies = false,
            SslOptions = TlsOptions("kubelet"),
            UseProxy = false,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        });
    }

    /// <summary>Sends requests that are passed on; failures are the transport's own.</summary>
    public HttpMessageInvoker Http { get; }

    /// <summary>Sends a plain request; the body is read by the caller as it comes.</summary>
    /// <exception cref="ApiException">500 when the kubelet can't be reached.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await Http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw ApiErrors.InternalError($"Get \"{request.RequestUri}\": {ConnectionText.Of(e)}");
        }
    }

    /// <summary>Opens a connection for an upgraded stream.</summary>
    /// <exception cref="ApiException">500 when the kubelet can't be reached.</exception>
    public async Task<Stream> ConnectAsync(KubeletAddress kubelet, CancellationToken cancellationToken)
    {
        try
        {
            var stream = new SslStream(await DialAsync(kubelet.Host, kubelet.Port, cancellationToken));
            try
            {
                await stream.AuthenticateAsClientAsync(TlsOptions(kubelet.Host), cancellationToken);
                return stream;
            }
            catch
            {
                await stream.DisposeAsync();
                throw;
            }
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            throw ApiErrors.InternalError($"error dialing backend: {ConnectionText.Of(e)}");
        }
    }

    // Nodes without a kubelet that listens (simulated ones) have made-up addresses, which may be those of somebody else's machines.
    private async Task<NetworkStream> DialAsync(string host, int port, CancellationToken cancellationToken)
    {
        if (_options.KubeletClientCertificate is null)
            throw new IOException($"dial tcp {host}:{port}: the API server has no client certificate for kubelets, so its nodes serve no logs or streams");
        EndPoint target = IPAddress.TryParse(host, out var address) ? new IPEndPoint(address, port) : new DnsEndPoint(host, port);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(target, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception e)
        {
            socket.Dispose();
            if (e is SocketException failure)
                throw new IOException(ConnectionText.Dial(target, failure));
            throw;
        }
    }

    private SslClientAuthenticationOptions TlsOptions(string host) => new()
    {
        TargetHost = host,
        LocalCertificateSelectionCallback = (_, _, _, _, _) => _options.KubeletClientCertificate!.Current.Certificate,
        RemoteCertificateValidationCallback = (_, certificate, _, _) => IsOfCluster(certificate),
    };

    private bool IsOfCluster(X509Certificate? certificate)
    {
        if (certificate is not X509Certificate2 presented || _options.ClientAuthority is not { } authority)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        return IsKubelets(presented) && chain.Build(presented);
    }

    // A node says itself where it listens: sent to this very server, by these credentials, a request could do anything there.
    private static bool IsKubelets(X509Certificate2 certificate) =>
        SubjectNames.Read(certificate.SubjectName.RawData).Any(n => n is { Type: SubjectNames.Organization, Text: "system:nodes" });

    public void Dispose() => Http.Dispose();
}
