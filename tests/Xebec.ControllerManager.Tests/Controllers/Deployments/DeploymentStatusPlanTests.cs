using Xebec.Api.Apps.V1;
using Xebec.ControllerManager.Controllers.Deployments;

namespace Xebec.ControllerManager.Tests.Controllers.Deployments;

public sealed class DeploymentStatusPlanTests
{
    [Fact]
    public void AFinishedRolloutSaysSo()
    {
        var deployment = Sample.Deployment(2);
        var status = DeploymentStatusPlan.Rollout(deployment, Sample.ReplicaSet("new", 2, 2), [Sample.ReplicaSet("new", 2, 2)], Sample.Now);
        Assert.Equal(("True", "NewReplicaSetAvailable", "ReplicaSet \"new\" has successfully progressed."), Progressing(status));
        Assert.Equal("MinimumReplicasAvailable", DeploymentConditions.Get(status, "Available")!.Reason);
    }

    [Fact]
    public void ProgressRenewsTheDeadlineAndItsAbsenceExceedsIt()
    {
        var deployment = Sample.Deployment(4);
        var started = DeploymentStatusPlan.Rollout(
            deployment, Sample.ReplicaSet("new", 4, 1), [Sample.ReplicaSet("new", 4, 1)], Sample.Now);
        Assert.Equal("ReplicaSetUpdated", Progressing(started).Reason);
        deployment.Status = started;
        Assert.Equal(TimeSpan.FromSeconds(601), DeploymentStatusPlan.UntilDeadline(deployment, started, Sample.Now));
        var late = DeploymentStatusPlan.Rollout(
            deployment, Sample.ReplicaSet("new", 4, 1), [Sample.ReplicaSet("new", 4, 1)], Sample.Now.AddSeconds(601));
        Assert.Equal(("False", "ProgressDeadlineExceeded", "ReplicaSet \"new\" has timed out progressing."), Progressing(late));
        Assert.Null(DeploymentStatusPlan.UntilDeadline(deployment, late, Sample.Now.AddSeconds(601)));
        deployment.Status = late;
        var recovered = DeploymentStatusPlan.Rollout(
            deployment, Sample.ReplicaSet("new", 4, 4), [Sample.ReplicaSet("new", 4, 4)], Sample.Now.AddSeconds(700));
        Assert.Equal("NewReplicaSetAvailable", Progressing(recovered).Reason);
    }

    [Fact]
    public void ATemplateHashIsStableAndIgnoresTheOrderOfLabels()
    {
        var left = Sample.Template("web:1");
        var right = Sample.Template("web:1");
        left.Metadata.Labels["b"] = "2";
        right.Metadata.Labels = new() { ["b"] = "2", ["app"] = "web" };
        Assert.Equal(PodTemplateHash.Of(left, null), PodTemplateHash.Of(right, null));
        Assert.NotEqual(PodTemplateHash.Of(left, null), PodTemplateHash.Of(left, 1));
        Assert.Matches("^[bcdfghjklmnpqrstvwxz2456789]{1,10}$", PodTemplateHash.Of(left, null));
        right.Metadata.Labels[PodTemplateHash.Label] = "x";
        Assert.True(PodTemplateHash.EqualIgnoringHash(left, right));
        Assert.False(PodTemplateHash.EqualIgnoringHash(left, Sample.Template("web:2")));
    }

    [Fact]
    [Conformance("[sig-apps] Deployment deployment should support proportional scaling")]
    public void ScalingDuringARolloutIsShared()
    {
        var deployment = Sample.Deployment(20, maxSurge: 0, maxUnavailable: 5);
        var (newer, older) = (Sample.ReplicaSet("new", 4, 4, 1), Sample.ReplicaSet("old", 6, 6, 10));
        DeploymentAnnotations.SetReplicas(newer, 10, 10);
        DeploymentAnnotations.SetReplicas(older, 10, 10);
        Assert.True(ScalingPlan.IsNeeded(deployment, [newer, older]));
        var plan = ScalingPlan.Make(deployment, newer, [older]);
        Assert.Equal([("old", 12), ("new", 8)], plan.Select(s => (s.ReplicaSet.Metadata.Name, s.Replicas)));
    }

    private static (string Status, string Reason, string Message) Progressing(DeploymentStatus status)
    {
        var condition = DeploymentConditions.Get(status, "Progressing")!;
        return (condition.Status, condition.Reason, condition.Message);
    }
}
