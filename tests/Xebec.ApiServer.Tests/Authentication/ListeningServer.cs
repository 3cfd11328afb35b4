using System.Net;
using System.Security.Cryptography.X509Certificates;
using Xebec.ApiMachinery.Values;
using Xebec.ComponentBase.Certificates;

namespace Xebec.ApiServer.Tests.Authentication;

/// <summary>A server that listens on loopback, for tests of who a request is from.</summary>
internal sealed class ListeningServer : IAsyncDisposable
{
    private readonly ClusterCertificates _certificates;

    private ListeningServer(TemporaryFolder folder, ClusterCertificates certificates, TestServer server) =>
        (Folder, _certificates, Server) = (folder, certificates, server);

    public TemporaryFolder Folder { get; }

    public TestServer Server { get; }

    public static async Task<ListeningServer> StartAsync(Func<TemporaryFolder, KubeApiServerOptions, KubeApiServerOptions> adjust)
    {
        var folder = new TemporaryFolder();
        var certificates = ClusterCertificates.Open(folder.File("pki"), TimeProvider.System);
        var options = SecureServer.Options() with
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            AdvertiseAddress = IPAddress.Parse("192.0.2.1"),
            ServingCertificate = certificates.Get("apiserver", ClusterProfiles.ApiServer([], [])),
            ClientAuthority = certificates.Authority.Root.Certificate,
        };
        return new ListeningServer(folder, certificates, await TestServer.StartAsync(adjust(folder, options)));
    }

    /// <summary>Asks with a token (empty: with none) and a client certificate (null: none).</summary>
    public async Task<(HttpStatusCode Code, ObjectValue Body)> SendAsync(
        HttpMethod method, string path, string token = "", string? body = null, X509Certificate2? certificate = null)
    {
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate!;
        using var http = new HttpClient(handler) { BaseAddress = Server.Address };
        if (token.Length > 0)
            http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return await TestServer.SendAsync(http, method, path, body);
    }

    /// <summary>Who the server takes the owner of a token or certificate for; null when it does not believe them.</summary>
    public async Task<ObjectValue?> WhoAmIAsync(string token = "", X509Certificate2? certificate = null)
    {
        var (code, answer) = await SendAsync(HttpMethod.Post, "/apis/authentication.k8s.io/v1/selfsubjectreviews", token, "{}", certificate);
        if (code == HttpStatusCode.Unauthorized)
            return null;
        Assert.True(code == HttpStatusCode.Created, answer.ToString());
        return answer.GetObject("status")!.GetObject("userInfo");
    }

    /// <summary>A client certificate of the cluster's CA.</summary>
    public X509Certificate2 Issue(string user, params string[] groups) => _certificates.Authority.Issue(
        new CertificateProfile(user) { Organizations = groups, IsClient = true, Lifetime = TimeSpan.FromDays(1) }, TimeProvider.System.GetUtcNow()).Certificate;

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Folder.Dispose();
    }
}
