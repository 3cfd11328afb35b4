using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Xebec.Proxy.Tests.Network;

/// <summary>A node in a namespace: a bridge with three pods on it, and a client outside.</summary>
public sealed class NodeNetwork : IDisposable
{
    private readonly string _id = Guid.NewGuid().ToString("N")[..6];
    private readonly List<IDisposable> _cleanup = [];

    public NodeNetwork()
    {
        if (!IsSupported) return;
        try
        {
            Node = Add("n");
            Client = Add("c");
            Build();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public static bool IsSupported { get; } = Environment.IsPrivilegedProcess && File.Exists("/usr/sbin/nft");

    internal NetworkNamespace Node { get; } = null!;

    internal NetworkNamespace Client { get; } = null!;

    internal List<NetworkNamespace> Pods { get; } = [];

    internal string Id => _id;

    public void Dispose()
    {
        for (var i = _cleanup.Count - 1; i >= 0; i--) _cleanup[i].Dispose();
    }

    /// <summary>The address of pod 1, 2 or 3.</summary>
    public static IPAddress PodAddress(int pod) => IPAddress.Parse($"10.244.0.{10 + pod}");

    /// <summary>Asks over TCP: "name clientAddress", or the socket error.</summary>
    internal static async Task<string> AskAsync(NetworkNamespace from, string address, int port)
    {
        using var socket = from.Socket(SocketType.Stream);
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await socket.ConnectAsync(IPAddress.Parse(address), port, patience.Token);
            return await ReadLineAsync(socket, patience.Token);
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode.ToString();
        }
    }

    internal static async Task<string> ReadLineAsync(Socket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[100];
        var length = await socket.ReceiveAsync(buffer, cancellationToken);
        return Encoding.ASCII.GetString(buffer, 0, length).TrimEnd();
    }

    private void Build()
    {
        Node.Ip("link add br0 type bridge");
        Node.Ip("addr add 10.244.0.1/24 dev br0");
        Node.Ip("link set br0 up");
        Node.Ip("route add 10.96.0.0/16 dev br0");
        Node.Run("echo 1 > /proc/sys/net/ipv4/ip_forward");
        for (var pod = 1; pod <= 3; pod++) AddPod(pod);
        Node.Ip($"link add up0 type veth peer name eth0 netns {Client.Name}");
        Node.Ip("addr add 192.168.7.1/24 dev up0");
        Node.Ip("link set up0 up");
        Client.Ip("addr add 192.168.7.2/24 dev eth0");
        Client.Ip("link set eth0 up");
        Client.Ip("route add default via 192.168.7.1");
    }

    private void AddPod(int number)
    {
        var pod = Add("p" + number);
        Pods.Add(pod);
        Node.Ip($"link add p{number} type veth peer name eth0 netns {pod.Name}");
        Node.Ip($"link set p{number} master br0");
        Node.Ip($"link set p{number} up");
        Node.Ip($"link set p{number} type bridge_slave hairpin on");
        pod.Ip($"addr add {PodAddress(number)}/24 dev eth0");
        pod.Ip("link set eth0 up");
        pod.Ip("route add default via 10.244.0.1");
        _cleanup.Add(new EchoServer(pod, "pod" + number, 8080));
    }

    private NetworkNamespace Add(string role)
    {
        var made = new NetworkNamespace($"xproxy-{_id}-{role}");
        _cleanup.Add(made);
        return made;
    }
}
