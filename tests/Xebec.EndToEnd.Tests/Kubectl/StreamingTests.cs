using Xebec.EndToEnd.Tests.Clusters;
using Xebec.EndToEnd.Tests.Commands;
using Xebec.EndToEnd.Tests.Images;

namespace Xebec.EndToEnd.Tests.Kubectl;

/// <summary>What upgrades a connection or runs on: logs -f, exec, cp, port-forward, get -w.</summary>
[Collection(SharedCluster.Name)]
public sealed class StreamingTests(ClusterFixture fixture, ITestOutputHelper output) : ClusterTest(fixture, output)
{
    private const string Pod = "streams";

    public override async ValueTask InitializeAsync()
    {
        await Cluster.KubectlAsync("run", Pod, $"--image={TestImage.Name}", "--image-pull-policy=IfNotPresent", "--port=80");
        await Cluster.KubectlAsync("wait", $"pod/{Pod}", "--for=condition=Ready", "--timeout=60s");
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Cluster.KubectlAsync("delete", "pod", Pod, "--now", "--timeout=30s");
    }

    [Fact]
    public async Task ExecCarriesInputOutputErrorAndExitCode()
    {
        var script = "read line; echo out:$line; echo err:$line >&2; exit 7";
        var result = await Cluster.Commands.RunAsync("kubectl", ["exec", "-i", Pod, "--", "sh", "-c", script], input: "hello\n");
        Assert.Equal(7, result.ExitCode);
        Assert.Equal("out:hello\n", result.Output);
        Assert.StartsWith("err:hello\n", result.Error);
    }

    [Fact]
    public async Task ExecWithATerminalHasOne()
    {
        var inTerminal = await Cluster.Commands.RunAsync(
            "script", ["-qec", $"kubectl exec -it {Pod} -- sh -c 'test -t 0 && echo terminal; exit 3'", "/dev/null"]);
        Assert.Equal(3, inTerminal.ExitCode);
        Assert.Contains("terminal", inTerminal.Output);
    }

    [Fact]
    public async Task FilesAreCopiedBothWays()
    {
        var (here, back) = (Path.Combine(Cluster.Folder, "there.bin"), Path.Combine(Cluster.Folder, "back.bin"));
        var content = new byte[1_000_000];
        new Random(1).NextBytes(content);
        await File.WriteAllBytesAsync(here, content);
        await Cluster.KubectlAsync("cp", here, $"{Pod}:/tmp/there.bin");
        await Cluster.KubectlAsync("cp", $"{Pod}:/tmp/there.bin", back);
        Assert.Equal(content, await File.ReadAllBytesAsync(back));
    }

    [Fact]
    [Conformance("[sig-node] Kubelet when scheduling a busybox command in a pod should print the output to logs [NodeConformance]")]
    public async Task LogsFollowUntilTheContainerEnds()
    {
        const string Name = "counts";
        await Cluster.KubectlAsync(
            "run", Name, $"--image={TestImage.Name}", "--restart=Never", "--command", "--", "sh", "-c", "for i in 1 2 3; do echo line $i; sleep 0.5; done");
        await Cluster.KubectlAsync("wait", $"pod/{Name}", "--for=jsonpath={.status.containerStatuses[0].containerID}", "--timeout=30s");
        Assert.Equal("line 1\nline 2\nline 3", await Cluster.KubectlAsync("logs", "-f", Name));
        Assert.Equal("line 3", await Cluster.KubectlAsync("logs", Name, "--tail=1"));
        await Cluster.KubectlAsync("delete", "pod", Name, "--now");
    }

    [Fact]
    public async Task PortForwardReachesThePod()
    {
        using var forward = Cluster.Commands.StartInBackground("kubectl", ["port-forward", $"pod/{Pod}", "18080:80"]);
        try
        {
            Assert.Contains("Forwarding from", await forward.StandardOutput.ReadLineAsync());
            for (var i = 0; i < 3; i++)
                Assert.Contains($"Hello from {Pod}", await Cluster.Http.GetStringAsync("http://127.0.0.1:18080/"));
        }
        finally
        {
            forward.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task WatchShowsChangesAsTheyHappen()
    {
        using var watch = Cluster.Commands.StartInBackground("kubectl", ["get", "configmaps", "--field-selector", "metadata.name=watched", "-w", "-o", "name"]);
        try
        {
            await Cluster.KubectlAsync("create", "configmap", "watched");
            Assert.Equal("configmap/watched", await watch.StandardOutput.ReadLineAsync());
            await Cluster.KubectlAsync("label", "configmap", "watched", "a=b");
            Assert.Equal("configmap/watched", await watch.StandardOutput.ReadLineAsync());
        }
        finally
        {
            watch.Kill(entireProcessTree: true);
            await Cluster.KubectlAsync("delete", "configmap", "watched");
        }
    }
}
