using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Xebec.Kubelet.Cri.Containerd;
using Xebec.Kubelet.Cri.Images;
using Xebec.Kubelet.Cri.Linux;
using Xebec.Kubelet.Cri.Network;
using Xebec.Kubelet.Runtime;

[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
[assembly: AssemblyFixture(typeof(Xebec.Kubelet.Cri.Containers.RealNode))]

namespace Xebec.Kubelet.Cri.Containers;

/// <summary>
/// A real containerd in a network namespace of its own, with one image that has a shell; shared by the tests, removed at the end.
/// </summary>
public sealed class RealNode : IAsyncLifetime
{
    /// <summary>Free: the node has a network namespace of its own.</summary>
    public const int RegistryPort = 5000;

    public const string ShellImage = "localhost/xebec-test/shell:1";

    private static readonly string s_id = "t" + Guid.NewGuid().ToString("n")[..8];
    private readonly Lazy<Task> _started;

    public RealNode() => _started = new Lazy<Task>(StartAsync);

    public ContainerdOptions Options { get; } = NewOptions(s_id, Path.Combine(Path.GetTempPath(), "xcri-" + s_id));

    internal ContainerdDaemon Daemon { get; private set; } = null!;

    public CriContainerRuntime Runtime => Daemon.Runtime;

    public string PodLogs => Path.Combine(Options.DataDir, "pod-logs");

    public static ContainerdOptions NewOptions(string id, string dataDir) => new(id, dataDir)
    {
        NetworkNamespace = $"/run/netns/xcri-{id}",
        PodCidr = "10.201.0.0/24",
        ClusterCidr = "10.201.0.0/16",
        ServiceCidr = "10.202.0.0/16",
        RegistryMirror = new Uri($"http://127.0.0.1:{RegistryPort}"),
    };

    public static void SkipUnlessPossible()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "NOT TESTED: real containers need root");
        string[] folders = [.. Environment.GetEnvironmentVariable("PATH")!.Split(':'), "/usr/sbin"];
        foreach (var program in (string[])["containerd", "runc", "ctr", "nft", "ip", "nsenter", "setsid"])
        {
            Assert.SkipUnless(
                folders.Any(folder => File.Exists(Path.Combine(folder, program))), $"NOT TESTED: real containers need {program}");
        }
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Starts it on the first call; skips the test where that is not possible.</summary>
    public Task ReadyAsync()
    {
        SkipUnlessPossible();
        return _started.Value;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_started.IsValueCreated)
            return;
        if (Daemon is not null)
            await Daemon.DisposeAsync();
        await ContainerdTeardown.RunAsync(Options, deleteData: true, TimeProvider.System, NullLogger.Instance);
        await HostCommand.RunAsync("ip", ["netns", "delete", $"xcri-{s_id}"]);
    }

    internal Task<RealPod> RunPodAsync(string name) => RunPodAsync(Pod(name));

    internal async Task<RealPod> RunPodAsync(PodSandboxConfig pod)
    {
        await ReadyAsync();
        return new RealPod(Runtime, pod, await Runtime.RunPodSandboxAsync(pod));
    }

    /// <summary>What a container wrote, without the time, stream and tag before each line.</summary>
    public static async Task<string[]> LogLinesAsync(ContainerStatus status) =>
        [.. (await File.ReadAllLinesAsync(status.LogPath)).Select(line => line.Split(' ', 4)[3])];

    public PodSandboxConfig Pod(string name) => new(new PodSandboxMetadata(name, "test", Guid.NewGuid().ToString()))
    {
        Hostname = name,
        LogDirectory = Path.Combine(PodLogs, name),
        CgroupParent = $"{Options.CgroupRoot}/{name}",
    };

    /// <summary>A container that runs a shell command.</summary>
    public static ContainerConfig Shell(string name, string command) => new(new ContainerMetadata(name), ShellImage)
    {
        Command = ["/bin/sh", "-c", command],
        LogPath = $"{name}/0.log",
    };

    private async Task StartAsync()
    {
        await HostCommand.RunAsync("ip", ["netns", "add", $"xcri-{s_id}"]);
        await HostCommand.RunAsync("ip", ["link", "set", "lo", "up"], Options.NetworkNamespace);
        await NodeNetwork.EnsureAsync(Options);
        Daemon = await ContainerdDaemon.StartAsync(Options, TimeProvider.System, NullLogger.Instance);
        var archive = Path.Combine(Options.DataDir, "shell.tar");
        await using (var file = File.Create(archive))
            await ImageArchive.WriteAsync(file, await ShellImageFiles.DefineAsync(ShellImage), default);
        await Daemon.Images.LoadAsync(archive);
    }
}
