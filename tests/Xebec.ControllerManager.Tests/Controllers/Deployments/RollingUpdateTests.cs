using CsCheck;
using Xebec.ControllerManager.Controllers.Deployments;

namespace Xebec.ControllerManager.Tests.Controllers.Deployments;

public sealed class RollingUpdateTests
{
    [Theory]
    [InlineData(10, "25%", "25%", 3, 2)]
    [InlineData(3, "25%", "25%", 1, 0)]
    [InlineData(1, "0%", "0%", 0, 1)]
    [InlineData(0, "25%", "25%", 0, 0)]
    [InlineData(4, "100%", "50%", 4, 2)]
    public void BoundsRoundSurgeUpAndUnavailableDown(
        int replicas, string surge, string unavailable, int expectedSurge, int expectedUnavailable)
    {
        var bounds = RolloutBounds.Of(Sample.Deployment(replicas, maxSurge: surge, maxUnavailable: unavailable));
        Assert.Equal((expectedSurge, expectedUnavailable), (bounds.MaxSurge, bounds.MaxUnavailable));
    }

    [Fact]
    public void UnavailableOldPodsGoFirst()
    {
        var bounds = new RolloutBounds(4, 0, 1);
        var plan = RollingUpdatePlan.Next(
            bounds, Sample.ReplicaSet("new", 0), [Sample.ReplicaSet("old", 2, 2, 10), Sample.ReplicaSet("broken", 2, 0, 5)]);
        Assert.Equal(("broken", 1), (Assert.Single(plan).ReplicaSet.Metadata.Name, plan[0].Replicas));
    }

    /// <summary>
    /// Whatever the sizes, the order in which pods become available and the template changes in between: never more pods than
    /// maxSurge allows, never fewer available than maxUnavailable allows, and the rollout ends.
    /// </summary>
    [Fact]
    public void ARolloutStaysWithinItsBoundsAndEnds() =>
        Gen.Select(Gen.Int[0, 12], Gen.Int[0, 5], Gen.Int[0, 5], Gen.Int[1, 4], Gen.Int[0, 1_000_000]).Sample(
        (replicas, surge, unavailable, templates, seed) =>
        {
            var deployment = Sample.Deployment(replicas, maxSurge: surge, maxUnavailable: unavailable);
            new RolloutSimulation(RolloutBounds.Of(deployment), seed).Run(templates);
        },
        iter: 2000);
}
