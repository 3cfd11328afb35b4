using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Xebec.ComponentBase.Certificates;

namespace Xebec.Host.Tests.Clusters;

/// <summary>An HTTPS server with the cluster's certificates that asks for a client certificate; the test says what it answers.</summary>
internal sealed class FakeApiServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeApiServer(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));

    public static async Task<FakeApiServer> StartAsync(ClusterCertificates certificates, RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen =>
            listen.UseHttps(certificates.Get("apiserver", ClusterProfiles.ApiServer([], [])).Current.Certificate, tls =>
            {
                tls.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                tls.AllowAnyClientCertificate();
            })));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return new FakeApiServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
