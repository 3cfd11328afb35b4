using System.Text;
using Xebec.Kubelet.Cri.Linux;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Cri.Containers;

/// <summary>What the kubelet asks of a runtime, asked of a real one.</summary>
public sealed class ContainerTests(RealNode node)
{
    [Fact]
    public async Task A_container_runs_in_a_pod_with_an_address_and_its_output_is_in_the_log()
    {
        await using var pod = await node.RunPodAsync("log");
        var status = await node.Runtime.PodSandboxStatusAsync(pod.Id);
        Assert.Equal(PodSandboxState.Ready, status.State);
        Assert.StartsWith("10.201.0.", Assert.Single(status.IpAddresses), StringComparison.Ordinal);

        var container = await pod.StartAsync(RealNode.Shell("main", "echo hello; exit 3"));
        var ended = await node.WaitForExitAsync(container);

        Assert.Equal((3, "Error"), (ended.ExitCode, ended.Reason));
        Assert.EndsWith("stdout F hello\n", await File.ReadAllTextAsync(ended.LogPath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_run_in_a_container_and_end_with_their_code_or_out_of_time()
    {
        await using var pod = await node.RunPodAsync("exec");
        var container = await pod.StartAsync(RealNode.Shell("main", "sleep 1000"));

        var result = await node.Runtime.ExecSyncAsync(container, ["/bin/sh", "-c", "echo out; echo err >&2; exit 4"], 10);
        var late = await Assert.ThrowsAsync<RuntimeException>(() => node.Runtime.ExecSyncAsync(container, ["/bin/sleep", "1000"], 1));

        Assert.Equal(("out\n", "err\n", 4),
            (Encoding.UTF8.GetString(result.Stdout.Span), Encoding.UTF8.GetString(result.Stderr.Span), result.ExitCode));
        Assert.Equal(RuntimeErrorCode.DeadlineExceeded, late.Code);
    }

    [Fact]
    public async Task A_container_that_ignores_its_stop_signal_is_killed_after_the_grace_period()
    {
        await using var pod = await node.RunPodAsync("stop");
        var deaf = await pod.StartAsync(RealNode.Shell("deaf", "trap '' TERM; echo ready; while true; do sleep 1; done"));
        var polite = await pod.StartAsync(RealNode.Shell("polite", "trap 'exit 0' TERM; echo ready; while true; do sleep 0.1; done"));
        await Task.WhenAll(node.WaitForOutputAsync(deaf), node.WaitForOutputAsync(polite));

        await Task.WhenAll(node.Runtime.StopContainerAsync(deaf, 1), node.Runtime.StopContainerAsync(polite, 30));

        Assert.Equal(137, (await node.Runtime.ContainerStatusAsync(deaf)).ExitCode);
        Assert.Equal((0, "Completed"), Outcome(await node.Runtime.ContainerStatusAsync(polite)));
    }

    [Fact]
    public async Task A_container_over_its_memory_limit_is_OOMKilled()
    {
        await using var pod = await node.RunPodAsync("oom");
        var container = await pod.StartAsync(RealNode.Shell("main", "head -c 200000000 /dev/zero | tail -c 150000000 >/dev/null") with
        {
            Resources = new LinuxContainerResources { MemoryLimitBytes = 16 << 20, MemorySwapLimitBytes = 16 << 20 },
        });

        var ended = await node.WaitForExitAsync(container);

        Assert.Equal((137, "OOMKilled"), Outcome(ended));
    }

    [Fact]
    public async Task The_security_context_holds()
    {
        await using var pod = await node.RunPodAsync("secure");
        var config = RealNode.Shell("main", "id -u; id -g; id -G; touch /file 2>/dev/null || echo readonly");
        var container = await pod.StartAsync(config with
        {
            SecurityContext = new ContainerSecurityContext
            {
                RunAsUser = 1000,
                RunAsGroup = 2000,
                SupplementalGroups = [3000],
                ReadonlyRootfs = true,
                NoNewPrivs = true,
                DropCapabilities = ["ALL"],
                Seccomp = new SecurityProfile(SecurityProfileType.RuntimeDefault),
            },
        });

        var ended = await node.WaitForExitAsync(container);

        var lines = await RealNode.LogLinesAsync(ended);
        Assert.Equal(["1000", "2000", "2000 3000"], lines[..3]);
        Assert.Equal("readonly", lines[^1]);
    }

    [Fact]
    public async Task Host_mounts_made_later_appear_where_propagation_is_asked_for()
    {
        await node.ReadyAsync();
        var volumes = Path.Combine(node.Options.DataDir, "volumes");
        NodeMounts.EnsureShared(volumes);
        NodeMounts.EnsureShared(volumes);
        await using var pod = await node.RunPodAsync("mounts");
        var config = RealNode.Shell("main", "while ! test -f /volumes/late/file; do sleep 0.1; done");
        var container = await pod.StartAsync(config with
        {
            Mounts = [new Mount("/volumes", volumes) { Propagation = MountPropagation.HostToContainer }],
        });

        Directory.CreateDirectory(Path.Combine(volumes, "late"));
        await HostCommand.RunAsync("mount", ["-t", "tmpfs", "tmpfs", Path.Combine(volumes, "late")]);
        await File.WriteAllTextAsync(Path.Combine(volumes, "late", "file"), "");

        Assert.Equal(0, (await node.WaitForExitAsync(container)).ExitCode);
    }

    [Fact]
    public async Task Lists_statuses_and_usage_agree_on_what_there_is()
    {
        await using var pod = await node.RunPodAsync("lists");
        var labels = new Dictionary<string, string> { ["a"] = "b" };
        var container = await pod.StartAsync(RealNode.Shell("main", "sleep 1000") with { Labels = labels });

        var mine = new ContainerFilter { PodSandboxId = pod.Id, State = ContainerState.Running };
        Assert.Equal(container, Assert.Single(await node.Runtime.ListContainersAsync(mine)).Id);
        Assert.Empty(await node.Runtime.ListContainersAsync(mine with { LabelSelector = new Dictionary<string, string> { ["a"] = "c" } }));
        var sandbox = Assert.Single(await node.Runtime.ListPodSandboxesAsync(new PodSandboxFilter { Id = pod.Id }));
        Assert.Equal(pod.Config.Metadata, sandbox.Metadata);
        var stats = await node.Runtime.ContainerStatsAsync(container);
        Assert.True(stats.Cpu!.UsageCoreNanoseconds > 0 && stats.Memory!.WorkingSetBytes > 0, stats.ToString());
        Assert.NotNull((await node.Runtime.PodSandboxStatsAsync(pod.Id)).Network!.DefaultInterface);
    }

    [Fact]
    public async Task Limits_can_change_while_it_runs()
    {
        await using var pod = await node.RunPodAsync("resize");
        var container = await pod.StartAsync(RealNode.Shell("main", "sleep 1000"));

        var limit = new LinuxContainerResources { MemoryLimitBytes = 64 << 20, CpuShares = 512 };
        await node.Runtime.UpdateContainerResourcesAsync(container, limit);

        var limits = Cgroups.Hierarchies().SelectMany(hierarchy => (string[])["memory.limit_in_bytes", "memory.max"], (hierarchy, file) =>
            Path.Combine(hierarchy, pod.Config.CgroupParent.TrimStart('/'), container, file)).Where(File.Exists);
        Assert.Equal((64 << 20).ToString(), (await File.ReadAllTextAsync(limits.First())).Trim());
    }

    [Fact]
    public async Task What_is_not_there_is_NotFound_but_may_be_removed()
    {
        await node.ReadyAsync();
        Assert.Equal(RuntimeErrorCode.NotFound,
            (await Assert.ThrowsAsync<RuntimeException>(() => node.Runtime.ContainerStatusAsync("no"))).Code);
        Assert.Equal(RuntimeErrorCode.NotFound,
            (await Assert.ThrowsAsync<RuntimeException>(() => node.Runtime.PodSandboxStatusAsync("no"))).Code);
        Assert.Null(await node.Runtime.ImageStatusAsync("localhost/no:1"));
        await node.Runtime.RemoveContainerAsync("no");
        await node.Runtime.StopContainerAsync("no", 1);
        await node.Runtime.StopPodSandboxAsync("no");
        await node.Runtime.RemovePodSandboxAsync("no");
        await node.Runtime.RemoveImageAsync("localhost/no:1");
    }

    [Fact]
    public async Task Every_step_of_a_life_is_an_event()
    {
        await using var pod = await node.RunPodAsync("events");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var events = node.Runtime.WatchEventsAsync(limit.Token).GetAsyncEnumerator(limit.Token);
        Assert.True(await events.MoveNextAsync());
        Assert.Equal(RuntimeEventType.Resync, events.Current.Type);

        var container = await pod.StartAsync(RealNode.Shell("main", "exit 5"));
        var seen = new List<(RuntimeEventType, int)>();
        while (seen.Count < 4 && await events.MoveNextAsync())
        {
            if (events.Current.Id != container)
                continue;
            seen.Add((events.Current.Type, events.Current.ExitCode));
            if (events.Current.Type == RuntimeEventType.Stopped)
                await node.Runtime.RemoveContainerAsync(container, limit.Token);
        }

        Assert.Equal(
            [(RuntimeEventType.Created, 0), (RuntimeEventType.Started, 0), (RuntimeEventType.Stopped, 5), (RuntimeEventType.Deleted, 0)],
            seen);
    }

    [Fact]
    public async Task A_host_network_pod_has_the_nodes_network()
    {
        await node.ReadyAsync();
        var host = node.Pod("host") with
        {
            SecurityContext = new SandboxSecurityContext { Namespaces = new NamespaceOption { Network = NamespaceMode.Node } },
        };
        await using var pod = await node.RunPodAsync(host);
        var container = await pod.StartAsync(RealNode.Shell("main", "cat /proc/net/dev") with
        {
            SecurityContext = new ContainerSecurityContext { Namespaces = new NamespaceOption { Network = NamespaceMode.Node } },
        });

        var ended = await node.WaitForExitAsync(container);

        Assert.Contains(await RealNode.LogLinesAsync(ended), line => line.Contains("xb-", StringComparison.Ordinal));
        Assert.Empty((await node.Runtime.PodSandboxStatusAsync(pod.Id)).IpAddresses);
    }

    private static (int, string) Outcome(ContainerStatus status) => (status.ExitCode, status.Reason);
}
