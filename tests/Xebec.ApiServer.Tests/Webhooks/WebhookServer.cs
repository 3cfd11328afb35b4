using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Xebec.ApiMachinery.Values;
using Xebec.ComponentBase.Certificates;

namespace Xebec.ApiServer.Tests.Webhooks;

/// <summary>A real HTTPS server on a free loopback port, with a certificate of its own authority, that answers as a test says.</summary>
internal sealed class WebhookServer : IAsyncDisposable
{
    // In the validity of the certificates that TestServer's clock, too, lies in.
    private static readonly DateTimeOffset Made = new(2026, 11, 23, 11, 0, 0, TimeSpan.Zero);
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> _handlers = new();
    private readonly WebApplication _web;
    private readonly CertificateAuthority _authority = CertificateAuthority.Create("webhook-ca", Made);
    private readonly TaskCompletionSource _allClosed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open;

    private WebhookServer(string[] names)
    {
        var profile = new CertificateProfile("webhook") { DnsNames = names, IpAddresses = names.Length == 0 ? [IPAddress.Loopback] : [], IsServer = true };
        var certificate = _authority.Issue(profile, Made);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Use(CountAsync);
            listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificate = certificate.Certificate,
                ClientCertificateMode = ClientCertificateMode.AllowCertificate,
                ClientCertificateValidation = (_, _, _) => true,
            });
        }));
        _web = builder.Build();
        _web.Run(ServeAsync);
    }

    /// <summary>Every body posted, in order.</summary>
    public ConcurrentQueue<ObjectValue> Received { get; } = new();

    /// <summary>How many connections were ever opened.</summary>
    public int Connections { get; private set; }

    /// <summary>Completes when a connection was open and none is any more.</summary>
    public Task AllClosed => _allClosed.Task;

    public int Port => new Uri(_web.Urls.First()).Port;

    /// <summary>The authority as a caBundle.</summary>
    public string CaBundle => Convert.ToBase64String(Encoding.ASCII.GetBytes(_authority.Root.CertificatePem));

    /// <summary>The authority in PEM.</summary>
    public string AuthorityPem => _authority.Root.CertificatePem;

    /// <summary>A clientConfig that leads to a path of it.</summary>
    public string ClientConfig(string path) => $$"""{"url":"https://127.0.0.1:{{Port}}{{path}}","caBundle":"{{CaBundle}}"}""";

    /// <summary>A server whose certificate is for names, or for 127.0.0.1 when there are none.</summary>
    public static async Task<WebhookServer> StartAsync(params string[] names)
    {
        var server = new WebhookServer(names);
        await server._web.StartAsync();
        return server;
    }

    /// <summary>Answers posts to a path with what a function makes of them.</summary>
    public void On(string path, Func<ObjectValue, ObjectValue> answer) => On(path, async (http, body) =>
    {
        http.Response.ContentType = "application/json";
        await http.Response.Body.WriteAsync(answer(body).ToUtf8());
    });

    /// <summary>Lets a function answer posts to a path.</summary>
    public void On(string path, Func<HttpContext, ObjectValue, Task> answer) => _handlers[path] = async http =>
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var tree = (ObjectValue)Value.Parse(body.ToArray());
        Received.Enqueue(tree);
        await answer(http, tree);
    };

    /// <summary>Answers a GET of a path.</summary>
    public void OnGet(string path, Func<ObjectValue> answer) => _handlers[path] = async http => await http.Response.Body.WriteAsync(answer().ToUtf8());

    private Task ServeAsync(HttpContext http)
    {
        if (_handlers.TryGetValue(http.Request.Path.Value!, out var handler))
            return handler(http);
        http.Response.StatusCode = 404;
        return Task.CompletedTask;
    }

    private ConnectionDelegate CountAsync(ConnectionDelegate next) => async connection =>
    {
        Connections++;
        Interlocked.Increment(ref _open);
        try
        {
            await next(connection);
        }
        finally
        {
            if (Interlocked.Decrement(ref _open) == 0)
                _allClosed.TrySetResult();
        }
    };

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _web.StopAsync(now.Token);
        await _web.DisposeAsync();
    }
}
