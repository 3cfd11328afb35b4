using System.Net;
using System.Net.Security;
using Xebec.ComponentBase.Certificates;

namespace Xebec.ApiServer.Tests;

/// <summary>A server that listens on a loopback port with certificates of its own, and an administrator's clients of it.</summary>
internal sealed class HttpsTestServer : IAsyncDisposable
{
    private readonly string _folder;

    private HttpsTestServer(string folder, ClusterCertificates certificates, KubeApiServerOptions options, TestServer server) =>
        (_folder, Certificates, Options, Server) = (folder, certificates, options, server);

    public ClusterCertificates Certificates { get; }

    public KubeApiServerOptions Options { get; }

    public TestServer Server { get; }

    public Uri Address => Server.Address!;

    public static async Task<HttpsTestServer> StartAsync(Func<KubeApiServerOptions, ClusterCertificates, KubeApiServerOptions>? change = null)
    {
        var folder = Directory.CreateTempSubdirectory("xebec-https-test-").FullName;
        var certificates = ClusterCertificates.Open(Path.Combine(folder, "pki"), TimeProvider.System);
        var options = new KubeApiServerOptions
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            ServingCertificate = certificates.Get("apiserver", ClusterProfiles.ApiServer([], [])),
            ClientAuthority = certificates.Authority.Root.Certificate,
            KubeletClientCertificate = certificates.Get("apiserver-kubelet-client", ClusterProfiles.ApiServerKubeletClient),
        };
        options = change?.Invoke(options, certificates) ?? options;
        return new HttpsTestServer(folder, certificates, options, await TestServer.StartAsync(options));
    }

    /// <summary>A client with the administrator's certificate and connections of its own.</summary>
    public HttpClient Client(Version? version = null) => new(new SocketsHttpHandler { SslOptions = Tls(), UseCookies = false })
    {
        BaseAddress = Address,
        DefaultRequestVersion = version ?? HttpVersion.Version11,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    public SslClientAuthenticationOptions Tls(CertificateProfile? profile = null)
    {
        var pair = Certificates.Get((profile ?? ClusterProfiles.Admin).CommonName, profile ?? ClusterProfiles.Admin).Current;
        return new SslClientAuthenticationOptions
        {
            TargetHost = Address.Host,
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
            LocalCertificateSelectionCallback = (_, _, _, _, _) => pair.Certificate,
        };
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
