using Xebec.Api.Core.V1;
using Xebec.ControllerManager.Controllers.ReplicaSets;

namespace Xebec.ControllerManager.Tests.Controllers.ReplicaSets;

public sealed class ReplicaSetPlanTests
{
    [Fact]
    public void CreatesWhatIsMissingButNotMoreThanABurst()
    {
        Assert.Equal(2, ReplicaSetPlan.Make(Sample.ReplicaSet("r", 3), [Sample.Pod("a")], [], Sample.Now).PodsToCreate);
        Assert.Equal(500, ReplicaSetPlan.Make(Sample.ReplicaSet("r", 9999), [], [], Sample.Now).PodsToCreate);
    }

    [Fact]
    public void EndedPodsDoNotCount() =>
        Assert.Equal(
            1, ReplicaSetPlan.Make(Sample.ReplicaSet("r", 1), [Sample.Pod("a", phase: PodPhase.Failed)], [], Sample.Now).PodsToCreate);

    [Fact]
    public void ThePodsThatCostLeastGoFirst()
    {
        var cheap = Sample.Pod("cheap");
        cheap.Metadata.Annotations["controller.kubernetes.io/pod-deletion-cost"] = "-1";
        List<Pod> inOrder =
        [
            Sample.Pod("unassigned", node: "", phase: PodPhase.Pending),
            Sample.Pod("pending", phase: PodPhase.Pending),
            Sample.Pod("notready", isReady: false),
            cheap,
            Sample.Pod("crowded", node: "node2"),
            Sample.Pod("young", readySeconds: 1),
            Sample.Pod("old", readySeconds: 10_000),
        ];
        var related = inOrder.Append(Sample.Pod("sibling", node: "node2")).Append(Sample.Pod("s2", node: "node2"))
            .Append(Sample.Pod("s3", node: "node2"))
            .Append(Sample.Pod("s4", node: "node2")).Append(Sample.Pod("s5", node: "node2")).Append(Sample.Pod("s6", node: "node2"));
        for (var keep = 0; keep < inOrder.Count; keep++)
        {
            var plan = ReplicaSetPlan.Make(Sample.ReplicaSet("r", keep), [.. inOrder.AsEnumerable().Reverse()], related, Sample.Now);
            Assert.Equal(inOrder[..^keep].Select(p => p.Metadata.Name).Order(), plan.PodsToDelete.Select(p => p.Metadata.Name).Order());
        }
    }

    [Fact]
    public void CountsReadyAndAvailableAndKnowsWhenTheNextBecomesAvailable()
    {
        var replicaSet = Sample.ReplicaSet("r", 3);
        replicaSet.Spec.MinReadySeconds = 30;
        List<Pod> pods = [Sample.Pod("a", readySeconds: 100), Sample.Pod("b", readySeconds: 10), Sample.Pod("c", isReady: false)];
        var status = ReplicaSetStatusPlan.Make(replicaSet, pods, null, "", Sample.Now);
        Assert.Equal((3, 2, 1), (status.Replicas, status.ReadyReplicas, status.AvailableReplicas));
        Assert.Equal(TimeSpan.FromSeconds(20), ReplicaSetStatusPlan.NextAvailable(replicaSet, pods, Sample.Now));
    }
}
