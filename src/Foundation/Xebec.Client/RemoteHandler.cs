using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Xebec.Client;

/// <summary>The handler for a remote server: TLS with the cluster's own CA, pings that find half-open connections.</summary>
internal static class RemoteHandler
{
    private static readonly TimeSpan LongestPing = TimeSpan.FromSeconds(15);

    public static SocketsHttpHandler Create(ApiClientOptions options) => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        EnableMultipleHttp2Connections = true,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        KeepAlivePingDelay = options.PingDelay,
        KeepAlivePingTimeout = options.PingDelay < LongestPing ? options.PingDelay : LongestPing,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5),
        SslOptions = Tls(options),
    };

    private static SslClientAuthenticationOptions Tls(ApiClientOptions options)
    {
        var tls = new SslClientAuthenticationOptions();
        if (options.ClientCertificate is { } clientCertificate)
            tls.LocalCertificateSelectionCallback = (_, _, _, _, _) => clientCertificate()!;
        if (options.CertificateAuthorities is { } authorities)
            tls.CertificateChainPolicy = ChainPolicy(authorities);
        return tls;
    }

    private static X509ChainPolicy ChainPolicy(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
