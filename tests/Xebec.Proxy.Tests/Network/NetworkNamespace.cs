using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Xebec.Proxy.Tests.Network;

/// <summary>A network namespace of the test; sockets made in it stay in it, whatever thread uses them.</summary>
internal sealed partial class NetworkNamespace : IDisposable
{
    private const int CloneNewNet = 0x40000000;

    public NetworkNamespace(string name)
    {
        Name = name;
        Shell.Run("ip", "netns", "add", name);
        Ip("link set lo up");
    }

    public string Name { get; }

    public string[] Prefix => ["nsenter", $"--net=/run/netns/{Name}"];

    public void Ip(string arguments) => Shell.Run("ip", ["-n", Name, .. arguments.Split(' ')]);

    public string Run(string command) => Shell.Run("nsenter", [$"--net=/run/netns/{Name}", "sh", "-c", command]);

    public Socket Socket(SocketType type, IPEndPoint? bind = null)
    {
        Socket? made = null;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var handle = File.OpenHandle($"/run/netns/{Name}");
                if (SetNamespace((int)handle.DangerousGetHandle(), CloneNewNet) != 0) throw new InvalidOperationException("setns failed");
                made = new(AddressFamily.InterNetwork, type, type == SocketType.Stream ? ProtocolType.Tcp : ProtocolType.Udp);
                if (bind is not null) made.Bind(bind);
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        return made ?? throw new InvalidOperationException("no socket", failure);
    }

    public void Dispose() => Shell.Run("ip", "netns", "del", Name);

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(int descriptor, int kind);
}
