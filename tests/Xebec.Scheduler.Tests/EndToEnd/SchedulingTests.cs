using Xebec.Api.Core.V1;

namespace Xebec.Scheduler.Tests.EndToEnd;

/// <summary>The scheduler over a real API server.</summary>
public sealed class SchedulingTests
{
    [Fact]
    public async Task A_pod_is_bound_and_an_event_says_so()
    {
        await using var cluster = await SchedulingCluster.StartAsync();
        await cluster.CreateNodeAsync(Sample.Node("node-1"));
        await cluster.CreateAsync(Sample.Pod("web", "500m", "64Mi"));

        Assert.Equal("node-1", await cluster.UntilBoundAsync("web"));
        var recorded = await cluster.UntilEventAsync("web", "Scheduled");
        Assert.Equal("Successfully assigned default/web to node-1", recorded.Message);
        Assert.Equal("default-scheduler", recorded.Source.Component);
    }

    [Fact]
    public async Task A_pod_that_fits_nowhere_says_why_and_is_bound_when_a_node_appears()
    {
        await using var cluster = await SchedulingCluster.StartAsync();
        await cluster.CreateNodeAsync(Sample.Node("small", cpu: "1"));
        await cluster.CreateNodeAsync(Sample.Node("tainted", change: n => n.Spec.Taints.Add(new Taint { Key = "dedicated", Value = "db", Effect = "NoSchedule" })));
        await cluster.CreateNodeAsync(Sample.Node("cordoned", change: n => n.Spec.Unschedulable = true));
        await cluster.CreateAsync(Sample.Pod("web", "2"));

        var message = await cluster.UntilUnschedulableAsync("web");
        Assert.StartsWith("0/3 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable.", message);
        Assert.Equal(message, (await cluster.UntilEventAsync("web", "FailedScheduling")).Message);

        await cluster.CreateNodeAsync(Sample.Node("large"));
        Assert.Equal("large", await cluster.UntilBoundAsync("web"));
    }

    [Fact]
    public async Task Without_nodes_the_message_says_so()
    {
        await using var cluster = await SchedulingCluster.StartAsync();
        await cluster.CreateAsync(Sample.Pod("web"));
        Assert.Equal("no nodes available to schedule pods", await cluster.UntilUnschedulableAsync("web"));
    }

    [Fact]
    public async Task A_gated_pod_waits_for_its_gates()
    {
        await using var cluster = await SchedulingCluster.StartAsync();
        await cluster.CreateNodeAsync(Sample.Node("node-1"));
        await cluster.CreateAsync(Sample.Pod("web", change: p => p.Spec.SchedulingGates.Add(new PodSchedulingGate { Name = "example.com/quota" })));

        var pod = await cluster.UntilPodAsync("web", p => SchedulingCluster.Condition(p)?.Reason == "SchedulingGated");
        Assert.Equal("", pod.Spec.NodeName);
        pod.Spec.SchedulingGates.Clear();
        await cluster.Client.UpdateAsync(pod, null, cluster.Token);
        Assert.Equal("node-1", await cluster.UntilBoundAsync("web"));
    }

    [Fact]
    public async Task A_restarted_scheduler_counts_what_runs_already()
    {
        await using var cluster = await SchedulingCluster.StartAsync();
        await cluster.CreateNodeAsync(Sample.Node("node-1", cpu: "1"));
        await cluster.CreateAsync(Sample.Pod("first", "700m"));
        await cluster.UntilBoundAsync("first");
        await cluster.StopSchedulerAsync();
        await cluster.CreateAsync(Sample.Pod("second", "700m"));
        await cluster.CreateNodeAsync(Sample.Node("node-2", cpu: "1"));
        cluster.StartScheduler();
        Assert.Equal("node-2", await cluster.UntilBoundAsync("second"));
    }

    [Fact]
    public async Task Pods_of_another_scheduler_are_left_alone()
    {
        await using var cluster = await SchedulingCluster.StartAsync();
        await cluster.CreateNodeAsync(Sample.Node("node-1"));
        await cluster.CreateAsync(Sample.Pod("other", change: p => p.Spec.SchedulerName = "other"));
        await cluster.CreateAsync(Sample.Pod("ours"));
        await cluster.UntilBoundAsync("ours");
        Assert.Equal("", (await cluster.Client.GetAsync<Pod>("default", "other", cluster.Token)).Spec.NodeName);
    }
}
