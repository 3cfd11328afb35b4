using System.Net.Sockets;
using System.Text;
using Xebec.Kubelet.Cri.Linux;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Cri.Containers;

/// <summary>The URLs that exec, attach and port-forward answer are of use to one who upgrades a connection there.</summary>
public sealed class StreamingTests(RealNode node)
{
    [Fact]
    public async Task An_exec_url_carries_the_command_over_a_websocket()
    {
        await using var pod = await node.RunPodAsync("stream");
        var container = await pod.StartAsync(RealNode.Shell("main", "sleep 1000"));

        var request = new ExecRequest(container, ["/bin/sh", "-c", "echo through"]) { Stdout = true, Stderr = true };
        var url = await node.Runtime.ExecAsync(request);
        var answer = "";
        await NetworkNamespace.RunAsync(node.Options.NetworkNamespace, () => answer = Upgrade(url));

        Assert.StartsWith("HTTP/1.1 101", answer, StringComparison.Ordinal);
        Assert.Contains("v4.channel.k8s.io", answer, StringComparison.Ordinal);
        Assert.Contains("\u0001through\n", answer, StringComparison.Ordinal);
        Assert.Contains("\"status\":\"Success\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attach_and_port_forward_answer_urls_of_their_own()
    {
        await using var pod = await node.RunPodAsync("urls");
        var container = await pod.StartAsync(RealNode.Shell("main", "sleep 1000"));

        var attach = await node.Runtime.AttachAsync(new AttachRequest(container) { Stdout = true });
        var forward = await node.Runtime.PortForwardAsync(pod.Id, [80]);
        Assert.Equal(("attach/", "portforward/"), (attach.Segments[1], forward.Segments[1]));
    }

    /// <summary>Reads all that comes until the server closes; frames are short enough to be told apart by eye.</summary>
    private static string Upgrade(Uri url)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 30_000 };
        socket.Connect(url.Host, url.Port);
        socket.Send(Encoding.ASCII.GetBytes(
            $"GET {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: http://localhost\r\n"
            + "Sec-WebSocket-Protocol: v4.channel.k8s.io\r\n\r\n"));
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        for (int count; (count = socket.Receive(buffer)) > 0;)
        {
            answer.Append(Encoding.Latin1.GetString(buffer, 0, count));
            if (answer.ToString().Contains("Success", StringComparison.Ordinal))
                break;
        }
        return answer.ToString();
    }
}
