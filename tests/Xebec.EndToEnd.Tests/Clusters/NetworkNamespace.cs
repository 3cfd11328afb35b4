using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Xebec.EndToEnd.Tests.Commands;

namespace Xebec.EndToEnd.Tests.Clusters;

/// <summary>
/// A network of its own for one cluster, so that a cluster under test meets no other one of the machine: the addresses of pods and
/// Services and every port are the same in all clusters.
/// </summary>
public sealed class NetworkNamespace : IAsyncDisposable
{
    private const int CloneNewNet = 0x40000000;
    private readonly BlockingCollection<TaskCompletionSource<Socket>> _wanted = [];

    private NetworkNamespace(string name)
    {
        Name = name;
        new Thread(MakeSockets) { IsBackground = true, Name = name }.Start();
    }

    public string Name { get; }

    /// <summary>What to put before a command so that it runs in here.</summary>
    public IReadOnlyList<string> Prefix => ["nsenter", $"--net=/run/netns/{Name}"];

    public static async Task<NetworkNamespace> CreateAsync(string name)
    {
        var machine = CommandRunner.OnMachine;
        (await machine.RunAsync("ip", ["netns", "add", name])).MustSucceed();
        string[][] setup =
        [
            ["link", "set", "lo", "up"], ["link", "add", "uplink", "type", "veth", "peer", "name", "uplink-peer"],
            ["addr", "add", "198.51.100.2/24", "dev", "uplink"], ["link", "set", "uplink", "up"], ["link", "set", "uplink-peer", "up"],
            ["route", "add", "default", "via", "198.51.100.1"],
        ];
        var network = new NetworkNamespace(name);
        try
        {
            foreach (var arguments in setup) (await machine.RunAsync("ip", ["-n", name, .. arguments])).MustSucceed();
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client whose connections are made in here; each request opens one of its own.</summary>
    public HttpClient CreateHttpClient() => new(
        new SocketsHttpHandler
        {
            UseProxy = false,
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectCallback = async (context, cancellationToken) =>
            {
                var address = System.Net.IPAddress.Parse(context.DnsEndPoint.Host);
                return new NetworkStream(await ConnectAsync(new(address, context.DnsEndPoint.Port), cancellationToken), ownsSocket: true);
            },
        })
    {
        Timeout = TimeSpan.FromSeconds(10),
    };

    /// <summary>A connection that is made in here; the caller disposes it.</summary>
    public async Task<Socket> ConnectAsync(System.Net.IPEndPoint address, CancellationToken cancellationToken)
    {
        var socket = await SocketAsync();
        try
        {
            await socket.ConnectAsync(address, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _wanted.CompleteAdding();
        await CommandRunner.OnMachine.RunAsync("ip", ["netns", "delete", Name]);
    }

    private Task<Socket> SocketAsync()
    {
        var made = new TaskCompletionSource<Socket>(TaskCreationOptions.RunContinuationsAsynchronously);
        _wanted.Add(made);
        return made.Task;
    }

    /// <summary>A socket belongs to the namespace of the thread that makes it; this thread has entered ours.</summary>
    private void MakeSockets()
    {
        using (var handle = File.OpenHandle($"/run/netns/{Name}"))
            if (SetNs(handle, CloneNewNet) != 0) return;
        foreach (var wanted in _wanted.GetConsumingEnumerable())
            wanted.SetResult(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });
    }

    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static extern int SetNs(SafeFileHandle descriptor, int type);
}
