using System.Text;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Cri.Containers;

public sealed class ContainerTests(RealNode node)
{
    [Fact]
    public async Task A_container_runs_in_a_pod_with_an_address_and_its_output_is_in_the_log()
    {
        await node.ReadyAsync();
        var pod = node.Pod("log");
        var sandbox = await node.Runtime.RunPodSandboxAsync(pod);
        var status = await node.Runtime.PodSandboxStatusAsync(sandbox);
        Assert.Equal(PodSandboxState.Ready, status.State);
        Assert.StartsWith("10.201.0.", Assert.Single(status.IpAddresses), StringComparison.Ordinal);

        var container = await node.Runtime.CreateContainerAsync(sandbox, RealNode.Shell("main", "echo hello; exit 3"), pod);
        await node.Runtime.StartContainerAsync(container);
        var ended = await node.WaitForExitAsync(container);

        Assert.Equal((3, "Error"), (ended.ExitCode, ended.Reason));
        Assert.EndsWith("stdout F hello\n", await File.ReadAllTextAsync(ended.LogPath), StringComparison.Ordinal);
        await node.Runtime.StopPodSandboxAsync(sandbox);
        await node.Runtime.RemovePodSandboxAsync(sandbox);
    }
}
