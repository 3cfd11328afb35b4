using Microsoft.Extensions.Logging.Abstractions;
using Xebec.Kubelet.Cri.Containerd;
using Xebec.Kubelet.Cri.Linux;
using Xebec.Kubelet.Cri.Network;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Cri.Containers;

/// <summary>A network namespace and folder for one test's daemon; whatever the test did to it, it is torn down at the end.</summary>
internal sealed class OwnNode : IAsyncDisposable
{
    private readonly string _id;

    private OwnNode(string id)
    {
        _id = id;
        Options = RealNode.NewOptions(id, Path.Combine(Path.GetTempPath(), "xcri-" + id));
    }

    public ContainerdOptions Options { get; }

    public static async Task<OwnNode> StartAsync()
    {
        RealNode.SkipUnlessPossible();
        var node = new OwnNode("o" + Guid.NewGuid().ToString("n")[..8]);
        await HostCommand.RunAsync("ip", ["netns", "add", $"xcri-{node._id}"]);
        await NodeNetwork.EnsureAsync(node.Options);
        return node;
    }

    public Task<ContainerdDaemon> StartDaemonAsync() => ContainerdDaemon.StartAsync(Options, TimeProvider.System, NullLogger.Instance);

    public Task TearDownAsync() => ContainerdTeardown.RunAsync(Options, deleteData: true, TimeProvider.System, NullLogger.Instance);

    /// <summary>What a reboot does: no process, mount or namespace is left, and the boot has another id.</summary>
    public async Task LoseMachineAsync(int containerdProcessId)
    {
        await Processes.KillAsync([containerdProcessId], default);
        await ContainerdTeardown.KillTasksAsync(new ContainerdPaths(Options.DataDir), default);
        NodeMounts.RemoveBelow(Options.DataDir);
        await File.WriteAllTextAsync(Path.Combine(Options.DataDir, "boot_id"), "another");
    }

    public PodSandboxConfig Pod(string name) => new(new PodSandboxMetadata(name, "test", "uid-" + name))
    {
        Hostname = name,
        CgroupParent = $"{Options.CgroupRoot}/{name}",
    };

    public async ValueTask DisposeAsync()
    {
        await TearDownAsync();
        await HostCommand.RunAsync("ip", ["netns", "delete", $"xcri-{_id}"]);
    }
}
