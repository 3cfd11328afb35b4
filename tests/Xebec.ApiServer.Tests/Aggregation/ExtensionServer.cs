using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Xebec.ApiMachinery.Values;
using Xebec.ComponentBase.Certificates;

namespace Xebec.ApiServer.Tests.Aggregation;

/// <summary>
/// A real HTTPS server of its own API group, like upstream's sample-apiserver: flunders of wardle.example.com, with discovery, OpenAPI,
/// a watch, and a subresource that upgrades its connection and echoes.
/// </summary>
internal sealed class ExtensionServer : IAsyncDisposable
{
    public const string Group = "wardle.example.com";
    private static readonly DateTimeOffset Made = new(2026, 11, 23, 11, 0, 0, TimeSpan.Zero);
    private readonly CertificateAuthority _authority = CertificateAuthority.Create("wardle-ca", Made);
    private readonly ConcurrentDictionary<string, string> _flunders = new();
    private readonly TaskCompletionSource<string> _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WebApplication _web;

    private ExtensionServer()
    {
        var profile = new CertificateProfile("wardle") { DnsNames = ["wardle-server.wardle.svc"], IsServer = true };
        var certificate = _authority.Issue(profile, Made);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
            listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificate = certificate.Certificate,
                ClientCertificateMode = ClientCertificateMode.AllowCertificate,
                ClientCertificateValidation = (_, _, _) => true,
            })));
        _web = builder.Build();
        _web.Run(ServeAsync);
    }

    /// <summary>The headers of the last request for a resource.</summary>
    public IHeaderDictionary LastHeaders { get; private set; } = new HeaderDictionary();

    /// <summary>The common name of the certificate that the last client showed.</summary>
    public string LastClient { get; private set; } = "";

    /// <summary>It answers everything with 500 while set.</summary>
    public bool IsBroken { get; set; }

    public int Port => new Uri(_web.Urls.First()).Port;

    public string CaBundle => Convert.ToBase64String(Encoding.ASCII.GetBytes(_authority.Root.CertificatePem));

    public static async Task<ExtensionServer> StartAsync()
    {
        var server = new ExtensionServer();
        await server._web.StartAsync();
        return server;
    }

    private Task ServeAsync(HttpContext http)
    {
        LastClient = http.Connection.ClientCertificate?.GetNameInfo(System.Security.Cryptography.X509Certificates.X509NameType.SimpleName, false) ?? "";
        if (IsBroken)
        {
            http.Response.StatusCode = 500;
            return Task.CompletedTask;
        }

        return http.Request.Path.Value switch
        {
            "/apis" => JsonAsync(http, $$$$"""{"kind":"APIGroupList","apiVersion":"v1","groups":[{"name":"{{{{Group}}}}","versions":[]}]}"""),
            $"/apis/{Group}/v1alpha1" => JsonAsync(http, $$$$"""
                {"kind":"APIResourceList","apiVersion":"v1","groupVersion":"{{{{Group}}}}/v1alpha1","resources":[
                {"name":"flunders","singularName":"flunder","namespaced":true,"kind":"Flunder","shortNames":["fl"],"verbs":["create","get","list","watch"]},
                {"name":"flunders/echo","singularName":"","namespaced":true,"kind":"Flunder","verbs":["get"]}]}
                """),
            "/openapi/v2" => JsonAsync(http, $$$$"""
                {"swagger":"2.0","info":{"title":"wardle","version":"1"},"paths":{"/apis/{{{{Group}}}}/v1alpha1/flunders":{"get":{"operationId":"listFlunder"}},
                "/healthz":{"get":{}}},"definitions":{"com.example.wardle.v1alpha1.Flunder":{"type":"object","description":"A Flunder flunders."}}}
                """),
            "/openapi/v3" => JsonAsync(
                http, $$$$"""{"paths":{"apis/{{{{Group}}}}/v1alpha1":{"serverRelativeURL":"/openapi/v3/apis/{{{{Group}}}}/v1alpha1?hash=AB"}}}"""),
            $"/openapi/v3/apis/{Group}/v1alpha1" => JsonAsync(http, """{"openapi":"3.0.0","info":{"title":"wardle","version":"1"},"paths":{}}"""),
            var path => FlundersAsync(http, path ?? ""),
        };
    }

    private async Task FlundersAsync(HttpContext http, string path)
    {
        LastHeaders = new HeaderDictionary(http.Request.Headers.ToDictionary(h => h.Key, h => h.Value, StringComparer.OrdinalIgnoreCase));
        if (path.EndsWith("/moved", StringComparison.Ordinal) || path.EndsWith("/moved/echo", StringComparison.Ordinal))
            http.Response.Redirect("https://elsewhere.example.com/");
        else if (path.EndsWith("/echo", StringComparison.Ordinal))
            await EchoAsync(http);
        else if (http.Request.Method == "POST")
            await CreateAsync(http);
        else if (http.Request.Query.ContainsKey("watch"))
            await WatchAsync(http);
        else
            await JsonAsync(http, $$$$"""{"kind":"FlunderList","apiVersion":"{{{{Group}}}}/v1alpha1","metadata":{},"items":[{{{{string.Join(',', _flunders.Values)}}}}]}""");
    }

    private async Task CreateAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var text = await reader.ReadToEndAsync();
        _flunders[((ObjectValue)Value.Parse(text)).GetObject("metadata")!.GetString("name")!] = text;
        _changed.TrySetResult(text);
        http.Response.StatusCode = 201;
        await JsonAsync(http, text);
    }

    private async Task WatchAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        await http.Response.StartAsync();
        await http.Response.WriteAsync("{\"type\":\"ADDED\",\"object\":" + await _changed.Task + "}\n");
        await http.Response.Body.FlushAsync();
    }

    private static async Task EchoAsync(HttpContext http)
    {
        http.Response.Headers.Upgrade = "echo";
        await using var stream = await http.Features.Get<IHttpUpgradeFeature>()!.UpgradeAsync();
        var buffer = new byte[64];
        for (int read; (read = await stream.ReadAsync(buffer)) > 0;)
            await stream.WriteAsync(buffer.AsMemory(0, read));
    }

    private static Task JsonAsync(HttpContext http, string text)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(text);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _web.StopAsync(now.Token);
        await _web.DisposeAsync();
    }
}
