using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Xebec.Kubelet.Server;

namespace Xebec.Kubelet.Tests.Server;

/// <summary>A byte pump: what the runtime's server is told and what it answers pass unchanged.</summary>
public sealed class StreamProxyTests
{
    private const string Request =
        "POST /exec HTTP/1.1\r\nHost: kubelet\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: v4.channel.k8s.io\r\nContent-Length: 0\r\n\r\n";

    [Fact]
    public async Task PumpsBytesBothWaysAfterTheUpgrade()
    {
        using var runtime = new TcpListener(IPAddress.Loopback, 0);
        runtime.Start();
        await using var kubelet = await StartAsync(new Uri($"http://127.0.0.1:{((IPEndPoint)runtime.LocalEndpoint).Port}/exec/token"));
        using var client = await ConnectAsync(kubelet);
        await client.SendAsync(Encoding.ASCII.GetBytes(Request));
        using var accepted = await runtime.AcceptSocketAsync();
        var head = await ReadUntilAsync(accepted, "\r\n\r\n");
        Assert.StartsWith("POST /exec/token HTTP/1.1\r\nHost: 127.0.0.1", head, StringComparison.Ordinal);
        Assert.Contains("X-Stream-Protocol-Version: v4.channel.k8s.io\r\n", head, StringComparison.Ordinal);

        await accepted.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: v4.channel.k8s.io\r\n\r\nhello"u8.ToArray());
        var answer = await ReadUntilAsync(client, "hello");
        Assert.StartsWith("HTTP/1.1 101", answer, StringComparison.Ordinal);
        Assert.Contains("Upgrade: SPDY/3.1\r\n", answer, StringComparison.Ordinal);
        await client.SendAsync("input"u8.ToArray());
        Assert.Equal("input", await ReadUntilAsync(accepted, "input"));
        accepted.Dispose();
        Assert.Equal(0, await client.ReceiveAsync(new byte[10]));
    }

    [Fact]
    public async Task PassesARefusalOn()
    {
        using var runtime = new TcpListener(IPAddress.Loopback, 0);
        runtime.Start();
        await using var kubelet = await StartAsync(new Uri($"http://127.0.0.1:{((IPEndPoint)runtime.LocalEndpoint).Port}/exec/token"));
        using var client = await ConnectAsync(kubelet);
        await client.SendAsync(Encoding.ASCII.GetBytes(Request));
        using var accepted = await runtime.AcceptSocketAsync();
        await ReadUntilAsync(accepted, "\r\n\r\n");
        await accepted.SendAsync("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"u8.ToArray());
        Assert.StartsWith("HTTP/1.1 403", await ReadUntilAsync(client, "no"), StringComparison.Ordinal);
    }

    private static async Task<WebApplication> StartAsync(Uri target)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        application.Run(context => StreamProxy.ForwardAsync(context, target));
        await application.StartAsync();
        return application;
    }

    private static async Task<Socket> ConnectAsync(WebApplication kubelet)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", new Uri(kubelet.Urls.First()).Port);
        return socket;
    }

    private static async Task<string> ReadUntilAsync(Socket socket, string end)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var text = "";
        var buffer = new byte[4096];
        while (!text.Contains(end, StringComparison.Ordinal))
        {
            var count = await socket.ReceiveAsync(buffer, patience.Token);
            if (count == 0)
                throw new IOException($"closed after: {text}");
            text += Encoding.Latin1.GetString(buffer, 0, count);
        }

        return text;
    }
}
