using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xebec.ApiServer.Authentication;

namespace Xebec.ApiServer;

/// <summary>Kestrel with nothing around it: HTTP/1.1 and 2 over TLS, client certificates of the cluster's CA.</summary>
internal sealed class HttpsListener : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly IServer _server;

    private HttpsListener(ServiceProvider services) => (_services, _server) = (services, services.GetRequiredService<IServer>());

    /// <summary>The address it came to listen on.</summary>
    public Uri Address
    {
        get
        {
            var addresses = _server.Features.Get<IServerAddressesFeature>()!;
            return new Uri(addresses.Addresses.First().Replace("[::]", "127.0.0.1").Replace("0.0.0.0", "127.0.0.1"));
        }
    }

    /// <summary>Listens, and hands what comes to the pipeline.</summary>
    public static async Task<HttpsListener> StartAsync(
        KubeApiServerOptions options, RequestDelegate pipeline, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var builder = new KestrelBuilder(loggers);
        // Queue count 0: connections schedule on the pool itself, one hop less than through a queue of their own.
        builder.UseKestrelCore().UseSockets(sockets => sockets.IOQueueCount = 0).ConfigureKestrel(kestrel => Configure(kestrel, options));
        var listener = new HttpsListener(builder.BuildServices());
        try
        {
            await listener._server.StartAsync(new PipelineApplication(pipeline), cancellationToken);
            return listener;
        }
        catch
        {
            await listener.DisposeAsync();
            throw;
        }
    }

    /// <summary>Refuses connections, waits for the requests that run, and cuts them when cancelled.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static void Configure(KestrelServerOptions kestrel, KubeApiServerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.UTF8;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(3);
        kestrel.Limits.MaxRequestLineSize = 64 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 128 * 1024;
        kestrel.Limits.Http2.MaxStreamsPerConnection = 1000;
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        kestrel.Limits.Http2.InitialConnectionWindowSize = 4 * 1024 * 1024;
        kestrel.Limits.Http2.InitialStreamWindowSize = 1024 * 1024;
        kestrel.Listen(options.Listen!, listen => UseTls(listen, options));
    }

    private static void UseTls(ListenOptions listen, KubeApiServerOptions options)
    {
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        var serving = options.ServingCertificate ?? throw new InvalidOperationException("listening needs a serving certificate");
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = serving.TlsContext,
                ClientCertificateRequired = true,
                // Authentication checks it: who shows a wrong one gets a 401, as upstream answers, and not a broken connection.
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
            }),
        });
    }
}
