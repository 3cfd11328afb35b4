using Xebec.Api.Core.V1;
using Xebec.ControllerManager.Controllers.Nodes;
using Xebec.ControllerManager.Controllers.PodGarbageCollection;

namespace Xebec.ControllerManager.Tests.Controllers.Nodes;

public sealed class NodeTests
{
    [Theory]
    [InlineData("Ready", "True", "")]
    [InlineData("Ready", "False", "node.kubernetes.io/not-ready:NoSchedule node.kubernetes.io/not-ready:NoExecute")]
    [InlineData("Ready", "Unknown", "node.kubernetes.io/unreachable:NoSchedule node.kubernetes.io/unreachable:NoExecute")]
    [InlineData("DiskPressure", "True", "node.kubernetes.io/disk-pressure:NoSchedule")]
    public void TaintsFollowConditions(string type, string status, string expected) =>
        Assert.Equal(expected, Text(NodeTaints.Desired(NewNode(type, status), Sample.Now)));

    [Fact]
    public void OthersTaintsStayAndNothingChangesTwice()
    {
        var node = NewNode("Ready", "False");
        node.Spec.Unschedulable = true;
        node.Spec.Taints.Add(new Taint { Key = "mine", Effect = "NoSchedule" });
        node.Spec.Taints = NodeTaints.Desired(node, Sample.Now);
        Assert.Contains("mine:NoSchedule", Text(node.Spec.Taints));
        Assert.Contains("node.kubernetes.io/unschedulable:NoSchedule", Text(node.Spec.Taints));
        Assert.Same(node.Spec.Taints, NodeTaints.Desired(node, Sample.Now.AddSeconds(5)));
        node.Spec.Unschedulable = false;
        node.Status.Conditions[0].Status = "True";
        Assert.Equal("mine:NoSchedule", Text(NodeTaints.Desired(node, Sample.Now)));
    }

    [Fact]
    public void ASilentNodeIsUnknownOnce()
    {
        var node = NewNode("Ready", "True");
        node.Status = NodeHealth.Unknown(node, Sample.Now)!;
        Assert.Equal(("Unknown", "NodeStatusUnknown"), (node.Status.Conditions[0].Status, node.Status.Conditions[0].Reason));
        Assert.Equal("NodeStatusNeverUpdated", node.Status.Conditions.Find(c => c.Type == "MemoryPressure")!.Reason);
        Assert.Null(NodeHealth.Unknown(node, Sample.Now));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(300L, 300)]
    [InlineData(-5L, 0)]
    [Conformance("[sig-node] NoExecuteTaintManager Multiple Pods [Serial] evicts pods with minTolerationSeconds [Disruptive]")]
    public void APodLeavesWhenItsTolerationEnds(long? seconds, int expectedSeconds)
    {
        var pod = Sample.Pod("p");
        if (seconds is not null)
            pod.Spec.Tolerations = [
                new Toleration { Key = NodeTaints.NotReady, Operator = "Exists", Effect = "NoExecute", TolerationSeconds = seconds }];
        Assert.Equal(Sample.Now.AddSeconds(expectedSeconds), TaintEviction.LeaveAt(pod, Tainted(), Sample.Now));
    }

    [Fact]
    public void APodThatToleratesForEverStays()
    {
        var pod = Sample.Pod("p");
        pod.Spec.Tolerations = [new Toleration { Operator = "Exists" }];
        Assert.Null(TaintEviction.LeaveAt(pod, Tainted(), Sample.Now));
    }

    [Fact]
    public void TheOldestEndedPodsAboveTheThresholdGo()
    {
        List<Pod> pods = [Sample.Pod("old", phase: "Failed", readySeconds: 500), Sample.Pod("new", phase: "Succeeded"),
            Sample.Pod("running")];
        Assert.Equal("old", Assert.Single(PodGarbagePlan.Surplus(pods, 1)).Metadata.Name);
        Assert.Empty(PodGarbagePlan.Surplus(pods, 2));
    }

    [Fact]
    public async Task ATerminatingPodWithoutANodeIsRemovedAndANotReadyNodeTainted()
    {
        await using var running = new RunningControllers();
        var pod = Sample.Pod("p", node: "");
        pod.Metadata.DeletionTimestamp = Sample.Now;
        await running.Client.CreateAsync(pod);
        await running.UntilAsync<Pod>("ns", p => p.Count == 0);
        await running.Client.CreateAsync(NewNode("Ready", "False"));
        await running.UntilAsync<Node>("", n => n.Count == 1 && n[0].Spec.Taints.Count == 2);
        await running.Client.CreateAsync(Sample.Pod("victim"));
        await running.UntilAsync<Pod>("ns", p => p.Count == 0);
    }

    private static Node Tainted()
    {
        var node = NewNode("Ready", "False");
        node.Spec.Taints = NodeTaints.Desired(node, Sample.Now);
        return node;
    }

    private static Node NewNode(string type, string status) => new()
    {
        Metadata = { Name = "node1" },
        Status = { Conditions = [new NodeCondition { Type = type, Status = status, LastTransitionTime = Sample.Now }] },
    };

    private static string Text(List<Taint> taints) => string.Join(' ', taints.Select(t => $"{t.Key}:{t.Effect}"));
}
