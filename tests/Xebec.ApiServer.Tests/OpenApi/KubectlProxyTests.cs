using System.Net.Sockets;
using Xebec.ApiMachinery.Values;
using Xebec.Tests;

namespace Xebec.ApiServer.Tests.OpenApi;

/// <summary>What clients get through the proxy of the oldest and the newest kubectl.</summary>
public sealed class KubectlProxyTests
{
    private const string Announced = "Starting to serve on ";

    [Fact]
    [Conformance("[sig-cli] Kubectl client Proxy server should support proxy with --port 0")]
    public Task On_a_port_that_the_kernel_chooses() => CheckAsync((_, _) => ["--port=0"], address =>
    {
        Assert.DoesNotContain(":0", address[^2..]);
        return new SocketsHttpHandler();
    });

    [Fact]
    [Conformance("[sig-cli] Kubectl client Proxy server should support --unix-socket=/path")]
    public Task On_a_Unix_socket() => CheckAsync((folder, name) => [$"--unix-socket={folder}/{name}.sock"], address => new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(address), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    private static async Task CheckAsync(Func<string, string, string[]> options, Func<string, SocketsHttpHandler> connect)
    {
        var binaries = KubectlServer.Binaries();
        await using var server = await KubectlServer.StartAsync();
        foreach (var kubectl in new[] { binaries[0], binaries[^1] }.Distinct())
        {
            using var proxy = server.Start(kubectl, ["proxy", .. options(server.Folder, Path.GetFileName(kubectl))]);
            try
            {
                var line = await proxy.StandardOutput.ReadLineAsync();
                Assert.StartsWith(Announced, line);
                await AskAsync(line![Announced.Length..].Trim(), connect);
            }
            finally
            {
                proxy.Kill();
                await proxy.WaitForExitAsync();
            }
        }
    }

    private static async Task AskAsync(string address, Func<string, SocketsHttpHandler> connect)
    {
        using var client = new HttpClient(connect(address));
        var host = address.StartsWith('/') ? "localhost" : address;
        var versions = (ObjectValue)Value.Parse(await client.GetStringAsync(new Uri($"http://{host}/api/")));
        Assert.Equal(("APIVersions", """["v1"]"""), (versions.GetString("kind"), versions["versions"]!.ToString()));
    }
}
