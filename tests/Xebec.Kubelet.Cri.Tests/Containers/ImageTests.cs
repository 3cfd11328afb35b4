using System.Diagnostics;
using System.Net.Sockets;
using Xebec.Kubelet.Cri.Linux;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Cri.Containers;

/// <summary>Pulls, through the mirror that stands in for docker.io: a real registry in the node's own network namespace.</summary>
public sealed class ImageTests(RealNode node)
{
    [Fact]
    public async Task An_image_of_docker_io_comes_from_the_mirror()
    {
        await node.ReadyAsync();
        Assert.SkipUnless(File.Exists("/usr/bin/docker-registry"), "NOT TESTED: pulls need docker-registry");
        var storage = Path.Combine(node.Options.DataDir, "registry");
        using var registry = await StartRegistryAsync(storage);
        try
        {
            var pushed = $"127.0.0.1:{RealNode.RegistryPort}/library/pulled:1";
            await CtrAsync("tag", RealNode.ShellImage, pushed);
            await CtrAsync("push", "--plain-http", pushed);
            await CtrAsync("remove", pushed);

            var reference = await node.Runtime.PullImageAsync("docker.io/library/pulled:1");
            var missing = await Assert.ThrowsAsync<RuntimeException>(() => node.Runtime.PullImageAsync("docker.io/library/absent:1"));

            Assert.StartsWith("sha256:", reference, StringComparison.Ordinal);
            var image = await node.Runtime.ImageStatusAsync("pulled:1");
            Assert.Equal(reference, image!.Id);
            Assert.Contains("docker.io/library/pulled:1", image.RepoTags);
            Assert.Contains("absent", missing.Message, StringComparison.Ordinal);
        }
        finally
        {
            registry.Kill();
            await registry.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task The_sandbox_image_is_there_and_pinned()
    {
        await node.ReadyAsync();
        var images = await node.Runtime.ListImagesAsync();
        Assert.True(Assert.Single(images, image => image.RepoTags.Contains("localhost/xebec/pause:1")).Pinned);
        Assert.False(Assert.Single(images, image => image.RepoTags.Contains(RealNode.ShellImage)).Pinned);
        Assert.NotEmpty(await node.Runtime.ImageFsInfoAsync());
    }

    private Task CtrAsync(params string[] arguments) => HostCommand.RunAsync(
        "ctr", ["--address", node.Daemon.SocketPath, "--namespace", "k8s.io", "images", .. arguments], node.Options.NetworkNamespace);

    private async Task<Process> StartRegistryAsync(string storage)
    {
        var config = storage + ".yml";
        await File.WriteAllTextAsync(config, $$"""
            version: 0.1
            log: { level: error }
            storage: { filesystem: { rootdirectory: {{storage}} } }
            http: { addr: "127.0.0.1:{{RealNode.RegistryPort}}" }
            """);
        string[] command = [$"--net={node.Options.NetworkNamespace}", "docker-registry", "serve", config];
        var registry = Process.Start(new ProcessStartInfo("nsenter", command)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        await NetworkNamespace.RunAsync(node.Options.NetworkNamespace, WaitUntilListening);
        return registry;
    }

    private static void WaitUntilListening()
    {
        for (var attempt = 0; ; attempt++)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Connect("127.0.0.1", RealNode.RegistryPort);
                return;
            }
            catch (SocketException) when (attempt < 1000)
            {
                Thread.Yield();
                Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System).Wait();
            }
        }
    }
}
