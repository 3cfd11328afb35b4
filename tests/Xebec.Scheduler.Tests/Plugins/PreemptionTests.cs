using Xebec.Api.Meta.V1;
using Xebec.Api.Policy.V1;
using Xebec.Scheduler.Cache;
using Xebec.Scheduler.Cycle;
using static Xebec.Scheduler.Tests.Sample;

namespace Xebec.Scheduler.Tests.Plugins;

/// <summary>Whom preemption picks.</summary>
public sealed class PreemptionTests
{
    [Fact]
    public void Only_as_many_go_as_needed_and_the_least_important_first()
    {
        var node = NodeInfo(Node("n", cpu: "3"), Info("low", "1", priority: 1), Info("mid", "1", priority: 5), Info("lowest", "1", priority: 0));
        var decision = Scheduling.Decide(Info("p", "1", priority: 10), null, node);
        Assert.Equal("n", decision.Preemption!.NominatedNodeName);
        Assert.Equal(["lowest"], Victims(decision));
        Assert.Equal("0/1 nodes are available: 1 Insufficient cpu.", decision.Diagnosis!.Message);
    }

    [Fact]
    public void The_node_with_the_least_important_victims_is_chosen()
    {
        var decision = Scheduling.Decide(
            Info("p", "1", priority: 10), null,
            NodeInfo(Node("a", cpu: "1"), Info("five", "1", priority: 5)),
            NodeInfo(Node("b", cpu: "1"), Info("two", "1", priority: 2)),
            NodeInfo(Node("c", cpu: "1"), Info("three", "1", priority: 3)));
        Assert.Equal("b", decision.Preemption!.NominatedNodeName);
    }

    [Fact]
    public void Budgets_are_kept_where_possible()
    {
        var budget = new PodDisruptionBudget();
        budget.Spec.Selector = new LabelSelector { MatchLabels = { ["app"] = "db" } };
        var objects = new ClusterObjects { DisruptionBudgets = _ => [budget] };
        var decision = Scheduling.Decide(
            Info("p", "1", priority: 10), objects,
            NodeInfo(Node("a", cpu: "1"), Info("db", "1", priority: 1, change: p => p.Metadata.Labels["app"] = "db")),
            NodeInfo(Node("b", cpu: "1"), Info("web", "1", priority: 5)));
        Assert.Equal("b", decision.Preemption!.NominatedNodeName);
    }

    [Fact]
    public void The_message_says_why_preemption_does_not_help()
    {
        var decision = Scheduling.Decide(
            Info("p", "2", priority: 10), null,
            NodeInfo(Node("a", cpu: "1")), NodeInfo(Node("b", cpu: "2"), Info("equal", "1", priority: 10)), NodeInfo(Node("c", change: n => n.Spec.Unschedulable = true)));
        Assert.Equal(
            "0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu. no new claims to deallocate, preemption: " +
            "0/3 nodes are available: 1 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling.",
            decision.Diagnosis!.Message);
    }

    [Fact]
    public void A_pod_that_must_not_preempt_says_so()
    {
        var pod = Info("p", "1", priority: 10, change: p => p.Spec.PreemptionPolicy = "Never");
        var decision = Scheduling.Decide(pod, null, NodeInfo(Node("a", cpu: "1"), Info("low", "1", priority: 1)));
        Assert.EndsWith("preemption: not eligible due to preemptionPolicy=Never.", decision.Diagnosis!.Message);
    }

    [Fact]
    public void Room_kept_for_a_more_important_pod_is_not_taken()
    {
        var snapshot = Snapshot.Of(null, NodeInfo(Node("a", cpu: "1")));
        snapshot.Set(NominatedPods.None.With(Info("vip", "1", priority: 10), "a"));
        var cycle = new SchedulingCycle(Scheduling.NewProfile());
        Assert.Equal("", cycle.Schedule(Info("p", "500m", priority: 1), snapshot, 1, 0).NodeName);
        Assert.Equal("a", cycle.Schedule(Info("q", "500m", priority: 11), snapshot, 1, 0).NodeName);
    }

    private static string[] Victims(Decision decision) => [.. decision.Preemption!.Victims.Select(v => v.Name.Name)];
}
