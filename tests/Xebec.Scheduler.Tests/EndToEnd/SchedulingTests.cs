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
    [Conformance("[sig-scheduling] SchedulerPredicates [Serial] validates resource limits of pods that are allowed to run")]
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

    [Fact]
    [Conformance("[sig-scheduling] SchedulerPreemption [Serial] validates basic preemption works")]
    public async Task An_important_pod_preempts_and_takes_the_place()
    {
        await using var cluster = await SchedulingCluster.StartAsync();
        await cluster.CreateNodeAsync(Sample.Node("node-1", cpu: "1"));
        await CreatePriorityClassAsync(cluster, "vip", 1000);
        var low = Sample.Pod("low", "800m", change: p => p.Spec.TerminationGracePeriodSeconds = 0);
        await cluster.CreateAsync(low);
        await cluster.UntilBoundAsync("low");
        await cluster.CreateAsync(Sample.Pod("important", "800m", priority: 1000, change: p => p.Spec.PriorityClassName = "vip"));

        Assert.Equal("node-1", (await cluster.UntilPodAsync("important", p => p.Status.NominatedNodeName.Length > 0)).Status.NominatedNodeName);
        var preempted = await cluster.UntilEventAsync("low", "Preempted");
        Assert.StartsWith("Preempted by pod ", preempted.Message);
        await FinishTerminationAsync(cluster, "low");
        Assert.Equal("node-1", await cluster.UntilBoundAsync("important"));
    }

    [Fact]
    public async Task Many_pods_are_bound_and_no_node_gets_too_many()
    {
        await using var cluster = await SchedulingCluster.StartAsync();
        for (var i = 0; i < 20; i++)
            await cluster.CreateNodeAsync(Sample.Node($"node-{i}", pods: 10));
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => cluster.CreateAsync(Sample.Pod($"pod-{i}", "10m", "1Mi"))));
        for (var i = 0; i < 200; i++)
            await cluster.UntilBoundAsync($"pod-{i}");
        var pods = (await cluster.Client.ListAsync<Pod>("default", null, cluster.Token)).Items;
        Assert.All(pods.CountBy(p => p.Spec.NodeName), n => Assert.Equal(10, n.Value));
        Assert.Equal(200, cluster.Metrics.CounterFamily("scheduler_schedule_attempts_total", "", "profile", "result").WithLabels("default-scheduler", "scheduled").Value);
    }

    private static async Task CreatePriorityClassAsync(SchedulingCluster cluster, string name, int value)
    {
        var priorityClass = new Xebec.Api.Scheduling.V1.PriorityClass { Value = value };
        priorityClass.Metadata.Name = name;
        await cluster.CreateAsync(priorityClass);
    }

    /// <summary>Does what a kubelet does when the containers of a terminating pod have stopped.</summary>
    private static async Task FinishTerminationAsync(SchedulingCluster cluster, string name)
    {
        try
        {
            await cluster.Client.DeleteAsync<Pod>("default", name, new Xebec.Api.Meta.V1.DeleteOptions { GracePeriodSeconds = 0 }, cluster.Token);
        }
        catch (Xebec.Client.ApiErrorException e) when (e.IsNotFound)
        {
            return;
        }
    }
}
