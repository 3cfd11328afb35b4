using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Xebec.Kubelet.Cri.Containerd;
using Xebec.Kubelet.Cri.Linux;
using Xebec.Kubelet.Cri.Network;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Cri.Containers;

/// <summary>The daemon's own life: adopted, restarted, lost with the machine, torn down. Each test has a node of its own.</summary>
public sealed class DaemonTests
{
    [Fact]
    public async Task A_running_daemon_and_its_pods_are_adopted_and_a_changed_configuration_restarts_it()
    {
        await using var own = await OwnNode.StartAsync();
        int first;
        string pod;
        await using (var daemon = await own.StartDaemonAsync())
        {
            first = daemon.ProcessId;
            pod = await daemon.Runtime.RunPodSandboxAsync(own.Pod("kept"));
        }

        await using (var daemon = await own.StartDaemonAsync())
        {
            Assert.True(daemon.IsAdopted);
            Assert.Equal(first, daemon.ProcessId);
        }
        await File.AppendAllTextAsync(Path.Combine(own.Options.DataDir, "config.toml"), "# an older version's");
        await using (var daemon = await own.StartDaemonAsync())
        {
            Assert.NotEqual(first, daemon.ProcessId);
            Assert.Equal(PodSandboxState.Ready, (await daemon.Runtime.PodSandboxStatusAsync(pod)).State);
        }
    }

    [Fact]
    public async Task A_daemon_that_dies_is_started_again_and_the_event_stream_goes_on_with_a_resync()
    {
        await using var own = await OwnNode.StartAsync();
        await using var daemon = await own.StartDaemonAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var supervision = daemon.SuperviseAsync(limit.Token);
        await using var events = daemon.Runtime.WatchEventsAsync(limit.Token).GetAsyncEnumerator(limit.Token);
        await events.MoveNextAsync();

        Libc.Signal(daemon.ProcessId, Libc.SigKill);
        await events.MoveNextAsync();

        Assert.Equal(RuntimeEventType.Resync, events.Current.Type);
        await daemon.Runtime.VersionAsync(limit.Token);
        await limit.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => supervision);
    }

    [Fact]
    public async Task Teardown_leaves_nothing_though_the_daemon_was_killed_before()
    {
        await using var own = await OwnNode.StartAsync();
        await using var daemon = await own.StartDaemonAsync();
        await daemon.Runtime.RunPodSandboxAsync(own.Pod("orphan"));
        var groups = Cgroups.Hierarchies()
            .Select(hierarchy => Path.Combine(hierarchy, own.Options.CgroupRoot.TrimStart('/'))).Where(Directory.Exists);
        Assert.NotEmpty(groups);
        await Processes.KillAsync([daemon.ProcessId], default);

        await own.TearDownAsync();
        await own.TearDownAsync();

        Assert.False(Directory.Exists(own.Options.DataDir));
        Assert.DoesNotContain(MountTable.Read(), mount => mount.Path.StartsWith(own.Options.DataDir, StringComparison.Ordinal));
        Assert.Empty(groups);
        Assert.DoesNotContain("xb-", await HostCommand.RunAsync("ip", ["link"], own.Options.NetworkNamespace), StringComparison.Ordinal);
        Assert.Equal("", await HostCommand.RunAsync("nft", ["list", "tables"], own.Options.NetworkNamespace));
        Assert.DoesNotContain(Process.GetProcesses(),
            process => CommandLine(process.Id).Contains(own.Options.DataDir, StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_a_reboot_it_starts_cleanly_and_old_pods_are_not_ready()
    {
        await using var own = await OwnNode.StartAsync();
        string old;
        await using (var daemon = await own.StartDaemonAsync())
        {
            old = await daemon.Runtime.RunPodSandboxAsync(own.Pod("old"));
            await own.LoseMachineAsync(daemon.ProcessId);
        }

        await using var again = await own.StartDaemonAsync();

        Assert.False(again.IsAdopted);
        Assert.Equal(PodSandboxState.NotReady, (await again.Runtime.PodSandboxStatusAsync(old)).State);
        await again.Runtime.StopPodSandboxAsync(old);
        await again.Runtime.RemovePodSandboxAsync(old);
        var fresh = await again.Runtime.RunPodSandboxAsync(own.Pod("old"));
        Assert.Single((await again.Runtime.PodSandboxStatusAsync(fresh)).IpAddresses);
    }

    private static string CommandLine(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
