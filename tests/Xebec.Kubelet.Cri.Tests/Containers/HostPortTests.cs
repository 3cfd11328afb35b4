using System.Net.Sockets;
using System.Text;
using Xebec.Kubelet.Cri.Images;
using Xebec.Kubelet.Cri.Linux;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Cri.Containers;

/// <summary>A server in a pod (docker-registry, the one at hand) is reached by its pod's address and by a port of the node.</summary>
public sealed class HostPortTests(RealNode node)
{
    private const string ServerImage = "localhost/xebec-test/server:1";
    private const string Server = "/usr/bin/docker-registry";
    private const string Config = """
        version: 0.1
        storage: { inmemory: {} }
        http: { addr: ":5000" }
        """;

    [Fact]
    public async Task A_pod_is_reached_by_its_address_and_by_a_host_port()
    {
        await node.ReadyAsync();
        Assert.SkipUnless(File.Exists(Server), "NOT TESTED: needs docker-registry as a server to run in a pod");
        Assert.SkipUnless(File.Exists("/usr/sbin/iptables"), "NOT TESTED: the CNI plugin portmap needs iptables");
        await LoadServerImageAsync();
        var mapping = new PortMapping(PortProtocol.Tcp, 5000, 18080);
        await using var pod = await node.RunPodAsync(node.Pod("server") with { PortMappings = [mapping] });
        await pod.StartAsync(new ContainerConfig(new ContainerMetadata("main"), ServerImage));
        var address = Assert.Single((await node.Runtime.PodSandboxStatusAsync(pod.Id)).IpAddresses);

        string[] answers = ["", ""];
        await NetworkNamespace.RunAsync(node.Options.NetworkNamespace, () => answers = [Get(address, 5000), Get("10.201.0.1", 18080)]);

        Assert.All(answers, answer => Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal));
    }

    private async Task LoadServerImageAsync()
    {
        var server = new ImageFile("server", await File.ReadAllBytesAsync(Server));
        var files = new List<ImageFile> { server, new("config.yml", Encoding.UTF8.GetBytes(Config)) };
        foreach (var library in await ShellImageFiles.LibrariesAsync(Server))
            files.Add(new ImageFile(library.TrimStart('/'), await File.ReadAllBytesAsync(library)));
        var image = new ImageDefinition(ServerImage, files) { Entrypoint = ["/server", "serve", "/config.yml"] };
        var archive = Path.Combine(node.Options.DataDir, "server.tar");
        await using (var file = File.Create(archive))
            await ImageArchive.WriteAsync(file, image, default);
        await node.Daemon.Images.LoadAsync(archive);
    }

    private static string Get(string host, int port)
    {
        for (var attempt = 0; ; attempt++)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 10_000 };
            try
            {
                socket.Connect(host, port);
                socket.Send("GET /v2/ HTTP/1.1\r\nHost: a\r\n\r\n"u8);
                var buffer = new byte[1024];
                return Encoding.ASCII.GetString(buffer, 0, socket.Receive(buffer));
            }
            catch (SocketException) when (attempt < 300)
            {
                Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System).Wait();
            }
        }
    }
}
