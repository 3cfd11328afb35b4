using System.Collections.Concurrent;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Xebec.ApiServer.Tests.Proxy;

/// <summary>What a pod serves: a plain HTTP server on an address of this machine that is not loopback, to which no proxy goes.</summary>
internal sealed class BackendServer : IAsyncDisposable
{
    private readonly WebApplication _web;

    private BackendServer(IPAddress address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address, 0));
        _web = builder.Build();
        _web.Run(ServeAsync);
    }

    /// <summary>The requests that came, as "METHOD target".</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public IHeaderDictionary LastHeaders { get; private set; } = new HeaderDictionary();

    public string LastBody { get; private set; } = "";

    public string Host => new Uri(_web.Urls.First()).Host;

    public int Port => new Uri(_web.Urls.First()).Port;

    public static async Task<BackendServer> StartAsync()
    {
        var address = NetworkInterface.GetAllNetworkInterfaces().Where(n => n.OperationalStatus == OperationalStatus.Up)
            .SelectMany(n => n.GetIPProperties().UnicastAddresses).Select(a => a.Address)
            .FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a));
        if (address is null)
            Assert.Skip("NOT TESTED: this machine has only loopback addresses, which are not proxied to");
        var server = new BackendServer(address);
        await server._web.StartAsync();
        return server;
    }

    private async Task ServeAsync(HttpContext http)
    {
        Requests.Enqueue($"{http.Request.Method} {http.Features.Get<IHttpRequestFeature>()!.RawTarget}");
        LastHeaders = new HeaderDictionary(http.Request.Headers.ToDictionary(h => h.Key, h => h.Value, StringComparer.OrdinalIgnoreCase));
        using var reader = new StreamReader(http.Request.Body);
        switch (http.Request.Path.Value)
        {
            case "/page":
                http.Response.ContentType = "text/html; charset=utf-8";
                await http.Response.WriteAsync("<a href=\"/other\">o</a><img src='pic.png'><a href=\"https://example.com/x\">x</a>");
                break;
            case "/moved":
                http.Response.Redirect("/target?x=1");
                break;
            case "/echo":
                http.Response.Headers.Upgrade = "echo";
                await EchoAsync(await http.Features.Get<IHttpUpgradeFeature>()!.UpgradeAsync());
                break;
            default:
                LastBody = await reader.ReadToEndAsync();
                http.Response.Headers["X-Answer"] = "yes";
                await http.Response.WriteAsync("served");
                break;
        }
    }

    private static async Task EchoAsync(Stream stream)
    {
        var buffer = new byte[64];
        for (int read; (read = await stream.ReadAsync(buffer)) > 0;)
            await stream.WriteAsync(buffer.AsMemory(0, read));
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _web.StopAsync(now.Token);
        await _web.DisposeAsync();
    }
}
