using Xebec.Api.Apps.V1;
using Xebec.Api.Core.V1;
using Xebec.Api.Meta.V1;
using Xebec.Api.Scheduling.V1;
using Xebec.ApiMachinery.Quantities;
using Xebec.Testing.Nodes;
using Xebec.Tests;

namespace Xebec.Testing.Tests.Conformance;

/// <summary>Scheduler, controllers and kubelet together: who makes room for whom.</summary>
public sealed class PreemptionTests
{
    [Fact]
    [Conformance("[sig-scheduling] SchedulerPreemption [Serial] PreemptionExecutionPath runs ReplicaSets to verify preemption running path")]
    public async Task OnlyAsManyReplicaSetsAsNeededGiveWayAndTheirPodsWaitAgain()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.AddNodesAsync(1, new SimulatedNodeOptions { Cpus = 1 });
        await CreateAsync(cluster, 1, "200m");
        await CreateAsync(cluster, 2, "300m");
        await CreateAsync(cluster, 3, "450m");
        var before = await cluster.WaitForAllAsync<Pod>("default", pods => Names(pods, IsRunning) == "p1 p2 p3");
        await CreateAsync(cluster, 4, "500m");
        var after = await cluster.WaitForAllAsync<Pod>(
            "default", pods => pods.Count == 4 && Names(pods, IsRunning) == "p3 p4" && Names(pods, IsUnschedulable) == "p1 p2");
        Assert.Equal("p3", Names(after, p => before.Any(b => b.Metadata.Uid == p.Metadata.Uid)));
    }

    private static async Task CreateAsync(TestCluster cluster, int priority, string cpu)
    {
        var name = $"p{priority}";
        await cluster.Client().CreateAsync(new PriorityClass { Metadata = { Name = name }, Value = priority });
        await cluster.Client().CreateAsync(new ReplicaSet
        {
            Metadata = { Name = name, Namespace = "default" },
            Spec =
            {
                Replicas = 1,
                Selector = new LabelSelector { MatchLabels = { ["name"] = name } },
                Template =
                {
                    Metadata = { Labels = { ["name"] = name } },
                    Spec =
                    {
                        PriorityClassName = name,
                        Containers = [new Container { Name = "main", Image = "pause:1", Resources = new() { Requests = { ["cpu"] = Quantity.Parse(cpu) } } }],
                    },
                },
            },
        });
    }

    private static string Names(IEnumerable<Pod> pods, Func<Pod, bool> condition) =>
        string.Join(' ', pods.Where(condition).Select(p => p.Metadata.Labels["name"]).Order(StringComparer.Ordinal));

    private static bool IsRunning(Pod pod) => pod.Metadata.DeletionTimestamp is null && pod.Status.Phase == "Running";

    private static bool IsUnschedulable(Pod pod) => pod.Status.Conditions.Exists(c => c is { Type: "PodScheduled", Status: "False", Reason: "Unschedulable" });
}
