using Xebec.Api.Core.V1;

namespace Xebec.Scheduler.Tests.EndToEnd;

/// <summary>What the conformance list demands of the scheduler, over a real API server.</summary>
public sealed class PredicateTests
{
    [Fact]
    [Conformance("[sig-scheduling] SchedulerPredicates [Serial] validates that NodeSelector is respected if matching")]
    [Conformance("[sig-scheduling] SchedulerPredicates [Serial] validates that NodeSelector is respected if not matching")]
    public async Task A_pod_goes_to_the_node_that_its_selector_names_or_nowhere()
    {
        await using var cluster = await SchedulingCluster.StartAsync();
        await cluster.CreateNodeAsync(Sample.Node("plain"));
        await cluster.CreateNodeAsync(Sample.Node("labelled", change: n => n.Metadata.Labels["k"] = "v"));
        await cluster.CreateAsync(Sample.Pod("here", change: p => p.Spec.NodeSelector["k"] = "v"));
        await cluster.CreateAsync(Sample.Pod("nowhere", change: p => p.Spec.NodeSelector["k"] = "other"));
        Assert.Equal("labelled", await cluster.UntilBoundAsync("here"));
        Assert.StartsWith("0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector.", await cluster.UntilUnschedulableAsync("nowhere"));
    }

    [Fact]
    [Conformance("[sig-scheduling] SchedulerPredicates [Serial] validates that there exists conflict between pods with same hostPort and protocol but one using 0.0.0.0 hostIP")]
    [Conformance("[sig-network] HostPort validates that there is no conflict between pods with same hostPort but different hostIP and protocol [LinuxOnly]")]
    public async Task Host_ports_conflict_only_where_address_and_protocol_meet()
    {
        await using var cluster = await SchedulingCluster.StartAsync();
        await cluster.CreateNodeAsync(Sample.Node("node-1"));
        await cluster.CreateAsync(WithPort("first", "127.0.0.1", "TCP"));
        Assert.Equal("node-1", await cluster.UntilBoundAsync("first"));
        await cluster.CreateAsync(WithPort("other-address", "127.0.0.2", "TCP"));
        Assert.Equal("node-1", await cluster.UntilBoundAsync("other-address"));
        await cluster.CreateAsync(WithPort("other-protocol", "127.0.0.2", "UDP"));
        Assert.Equal("node-1", await cluster.UntilBoundAsync("other-protocol"));
        await cluster.CreateAsync(WithPort("everywhere", "0.0.0.0", "TCP"));
        Assert.StartsWith("0/1 nodes are available: 1 node(s) didn't have free ports", await cluster.UntilUnschedulableAsync("everywhere"));
    }

    [Theory]
    [InlineData("system-cluster-critical", 2000000000)]
    [InlineData("system-node-critical", 2000001000)]
    [Conformance("[sig-scheduling] SchedulerPreemption [Serial] validates lower priority pod preemption by critical pod")]
    [Conformance("[sig-scheduling] SchedulerPreemption [Serial] validates pod disruption condition is added to the preempted pod")]
    public async Task A_critical_pod_preempts_and_the_victim_says_why(string priorityClass, int priority)
    {
        await using var cluster = await SchedulingCluster.StartAsync();
        await cluster.CreateNodeAsync(Sample.Node("node-1", cpu: "1"));
        await cluster.CreateAsync(Sample.Pod("low", "800m", change: p => p.Metadata.Finalizers.Add("example.com/hold")));
        await cluster.UntilBoundAsync("low");
        await cluster.CreateAsync(Sample.Pod("critical", "800m", priority: priority, change: p => p.Spec.PriorityClassName = priorityClass));
        var low = await cluster.UntilPodAsync("low", p => p.Metadata.DeletionTimestamp is not null);
        var condition = Assert.Single(low.Status.Conditions, c => c.Type == "DisruptionTarget");
        Assert.Equal(("True", "PreemptionByScheduler"), (condition.Status, condition.Reason));
        await cluster.Client.DeleteAsync<Pod>("default", "low", new Xebec.Api.Meta.V1.DeleteOptions { GracePeriodSeconds = 0 }, cluster.Token);
        await cluster.Client.PatchAsync<Pod>("default", "low", Xebec.Client.Patch.Merge("{\"metadata\":{\"finalizers\":null}}"));
        Assert.Equal("node-1", await cluster.UntilBoundAsync("critical"));
    }

    [Fact]
    [Conformance("[sig-node] RuntimeClass should schedule a Pod requesting a RuntimeClass without PodOverhead [NodeConformance]")]
    [Conformance("[sig-node] RuntimeClass should schedule a Pod requesting a RuntimeClass and initialize its Overhead [NodeConformance]")]
    public async Task A_pod_of_a_runtime_class_is_bound_with_its_overhead()
    {
        await using var cluster = await SchedulingCluster.StartAsync();
        await cluster.CreateNodeAsync(Sample.Node("node-1", cpu: "1"));
        await CreateClassAsync(cluster, "plain", null);
        await CreateClassAsync(cluster, "costly", "900m");
        await cluster.CreateAsync(Sample.Pod("light", "50m", change: p => p.Spec.RuntimeClassName = "plain"));
        await cluster.CreateAsync(Sample.Pod("heavy", "50m", change: p => p.Spec.RuntimeClassName = "costly"));
        Assert.Equal("node-1", await cluster.UntilBoundAsync("light"));
        Assert.Equal("node-1", await cluster.UntilBoundAsync("heavy"));
        await cluster.CreateAsync(Sample.Pod("third", "50m", change: p => p.Spec.RuntimeClassName = "costly"));
        Assert.Contains("Insufficient cpu", await cluster.UntilUnschedulableAsync("third"));
        Assert.Equal("900m", (await cluster.UntilPodAsync("heavy", _ => true)).Spec.Overhead["cpu"].ToString());
    }

    private static async Task CreateClassAsync(SchedulingCluster cluster, string name, string? cpu)
    {
        var runtimeClass = new Xebec.Api.Node.V1.RuntimeClass { Handler = name };
        runtimeClass.Metadata.Name = name;
        if (cpu is not null)
            runtimeClass.Overhead = new() { PodFixed = { ["cpu"] = Xebec.ApiMachinery.Quantities.Quantity.Parse(cpu) } };
        await cluster.CreateAsync(runtimeClass);
    }

    private static Pod WithPort(string name, string address, string protocol) => Sample.Pod(
        name, change: p => p.Spec.Containers[0].Ports.Add(new ContainerPort { ContainerPortValue = 54321, HostPort = 54321, HostIP = address, Protocol = protocol }));
}
