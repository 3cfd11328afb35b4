using Xebec.Api.Apps.V1;
using Xebec.ControllerManager.Controllers.Deployments;

namespace Xebec.ControllerManager.Tests.Controllers.Deployments;

/// <summary>Plays ReplicaSets and pods against the rolling update plan, in a random order given by a seed.</summary>
internal sealed class RolloutSimulation(RolloutBounds bounds, int seed)
{
    private const int MostSteps = 2000;
    private readonly Random _random = new(seed);
    private readonly List<ReplicaSet> _all = [];

    public void Run(int templates)
    {
        _all.Add(Sample.ReplicaSet("template0", bounds.Desired, bounds.Desired, 100));
        for (var template = 1; template <= templates; template++)
        {
            _all.Add(Sample.ReplicaSet($"template{template}", 0, 0, 100 - template));
            var mustEnd = template == templates;
            for (var step = 0; !IsDone() && (mustEnd || step < _random.Next(20)); step++)
            {
                Assert.True(step < MostSteps, "the rollout does not end");
                Step();
            }
        }
    }

    private bool IsDone() => _all[^1].Status.AvailableReplicas == bounds.Desired && _all[..^1].TrueForAll(r => r.Status.Replicas == 0);

    private void Step()
    {
        if (_random.Next(2) == 0)
            Plan();
        else
            MovePods(_all[_random.Next(_all.Count)]);
        Assert.True(_all.Sum(r => r.Status.AvailableReplicas) >= bounds.LeastAvailable, $"too few available (seed {seed})");
        Assert.True(_all.Sum(r => r.Spec.Replicas!.Value) <= bounds.MostPods, $"too many pods (seed {seed})");
    }

    private void Plan()
    {
        foreach (var scale in RollingUpdatePlan.Next(bounds, _all[^1], _all[..^1]))
        {
            var status = scale.ReplicaSet.Status;
            scale.ReplicaSet.Spec.Replicas = scale.Replicas;
            status.Replicas = Math.Min(status.Replicas, scale.Replicas);
            status.AvailableReplicas = Math.Min(status.AvailableReplicas, status.Replicas);
        }
    }

    private void MovePods(ReplicaSet replicaSet)
    {
        replicaSet.Status.Replicas = replicaSet.Spec.Replicas!.Value;
        if (replicaSet.Status.AvailableReplicas < replicaSet.Status.Replicas)
            replicaSet.Status.AvailableReplicas++;
    }
}
