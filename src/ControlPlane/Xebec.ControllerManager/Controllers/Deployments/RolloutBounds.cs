using Xebec.Api.Apps.V1;

namespace Xebec.ControllerManager.Controllers.Deployments;

/// <summary>How far a rollout may leave the desired size, in pods.</summary>
/// <param name="Desired">The Deployment's replicas.</param>
/// <param name="MaxSurge">Pods above the desired number.</param>
/// <param name="MaxUnavailable">Pods that may be unavailable.</param>
internal readonly record struct RolloutBounds(int Desired, int MaxSurge, int MaxUnavailable)
{
    public int MostPods => Desired + MaxSurge;

    public int LeastAvailable => Desired - MaxUnavailable;

    public static RolloutBounds Of(Deployment deployment)
    {
        var desired = deployment.Spec.Replicas ?? 1;
        if (deployment.Spec.Strategy.Type == DeploymentStrategyType.Recreate)
            return new RolloutBounds(desired, 0, 0);
        var rolling = deployment.Spec.Strategy.RollingUpdate;
        var surge = (rolling?.MaxSurge ?? "25%").Resolve(desired, roundUp: true);
        var unavailable = (rolling?.MaxUnavailable ?? "25%").Resolve(desired, roundUp: false);
        if (surge == 0 && unavailable == 0)
            unavailable = 1;
        return new RolloutBounds(desired, surge, Math.Min(unavailable, desired));
    }
}
