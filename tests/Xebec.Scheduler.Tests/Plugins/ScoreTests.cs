using Xebec.Api.Core.V1;
using Xebec.Api.Meta.V1;
using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Framework;
using Xebec.Scheduler.Plugins.NodeResources;
using static Xebec.Scheduler.Tests.Sample;

namespace Xebec.Scheduler.Tests.Plugins;

/// <summary>Which of several nodes is preferred, and upstream's numbers.</summary>
public sealed class ScoreTests
{
    [Theory]
    [InlineData("1", "2Gi", "0", "0", 75)]
    [InlineData("2", "4Gi", "1", "2Gi", 25)]
    [InlineData(null, null, "0", "0", 97)]
    public void LeastAllocated_averages_what_is_left(string? cpu, string? memory, string usedCpu, string usedMemory, long expected)
    {
        var node = NodeInfo(Node("n"), Info("used", usedCpu, usedMemory));
        Assert.Equal(expected, new NodeResourcesFitPlugin().Score(new(), Info("p", cpu, memory), node, 0));
    }

    [Theory]
    [InlineData("1", "2Gi", null, null, 75)]
    [InlineData("4", "0", null, null, 50)]
    [InlineData("0", "8Gi", "4", "0", 100)]
    public void BalancedAllocation_scores_the_change(string cpu, string memory, string? usedCpu, string? usedMemory, long expected)
    {
        var node = NodeInfo(Node("n"), Info("used", usedCpu, usedMemory));
        Assert.Equal(expected, new NodeResourcesBalancedAllocationPlugin().Score(new(), Info("p", cpu, memory), node, 0));
    }

    [Fact]
    public void A_node_without_a_PreferNoSchedule_taint_is_better()
    {
        var avoided = NodeInfo(Node("a", change: n => n.Spec.Taints.Add(new Taint { Key = "k", Effect = "PreferNoSchedule" })));
        Assert.Equal("b", Scheduling.NodeFor(Info("p"), avoided, NodeInfo(Node("b"))));
    }

    [Fact]
    public void Preferred_node_affinity_outweighs_free_resources()
    {
        var pod = Info("p", change: p => p.Spec.Affinity = new Affinity
        {
            NodeAffinity = new NodeAffinity
            {
                PreferredDuringSchedulingIgnoredDuringExecution =
                [
                    new PreferredSchedulingTerm { Weight = 10, Preference = new NodeSelectorTerm { MatchExpressions = [new NodeSelectorRequirement { Key = "disk", Operator = "Exists" }] } },
                ],
            },
        });
        var busy = NodeInfo(Node("a", change: n => n.Metadata.Labels["disk"] = "ssd"), Info("used", "1", "2Gi"));
        Assert.Equal("a", Scheduling.NodeFor(pod, busy, NodeInfo(Node("b"))));
    }

    [Fact]
    public void Pods_of_one_workload_spread_by_default()
    {
        var selector = new LabelSelector { MatchLabels = { ["app"] = "web" } };
        var objects = new ClusterObjects { DefaultSelector = _ => selector };
        PodInfo Web(string name) => Info(name, "10m", "1Mi", change: p => p.Metadata.Labels["app"] = "web");
        var empty = NodeInfo(Node("b"), Info("other", "1", "2Gi"));
        Assert.Equal("b", Scheduling.Decide(Web("p"), objects, NodeInfo(Node("a"), Web("w0"), Web("w1")), empty).NodeName);
    }

    [Fact]
    public void Preferred_anti_affinity_moves_away()
    {
        var term = new PodAffinityTerm { TopologyKey = "kubernetes.io/hostname", LabelSelector = new LabelSelector { MatchLabels = { ["app"] = "web" } } };
        var pod = Info("p", change: p => p.Spec.Affinity = new Affinity
        {
            PodAntiAffinity = new PodAntiAffinity { PreferredDuringSchedulingIgnoredDuringExecution = [new WeightedPodAffinityTerm { Weight = 100, PodAffinityTerm = term }] },
        });
        var near = NodeInfo(Node("a"), Info("w", change: p => p.Metadata.Labels["app"] = "web"));
        Assert.Equal("b", Scheduling.NodeFor(pod, near, NodeInfo(Node("b"), Info("used", "1", "2Gi"))));
    }

    [Fact]
    public void A_node_that_has_the_image_is_better()
    {
        var has = Node("a", change: n => n.Status.Images.Add(new ContainerImage { Names = ["image:latest"], SizeBytes = 1L << 30 }));
        Assert.Equal("a", Scheduling.NodeFor(Info("p"), NodeInfo(Node("b")), NodeInfo(has), NodeInfo(Node("c"))));
    }
}
