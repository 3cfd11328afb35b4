using Xebec.Api.Apps.V1;
using Xebec.Api.Meta.V1;
using Xebec.Client;

namespace Xebec.ControllerManager.Controllers.Deployments;

/// <summary>Finds the ReplicaSet of a Deployment's present template, or makes it.</summary>
internal static class NewReplicaSet
{
    /// <summary>The oldest one with the same template, null when there is none yet.</summary>
    public static ReplicaSet? Find(Deployment deployment, IEnumerable<ReplicaSet> replicaSets) => replicaSets
        .OrderBy(r => r.Metadata.CreationTimestamp).ThenBy(r => r.Metadata.Name, StringComparer.Ordinal)
        .FirstOrDefault(r => PodTemplateHash.EqualIgnoringHash(r.Spec.Template, deployment.Spec.Template));

    /// <summary>The ReplicaSet to create, sized as far as the old ones leave room.</summary>
    public static ReplicaSet Make(Deployment deployment, IReadOnlyList<ReplicaSet> oldReplicaSets, long revision)
    {
        var hash = PodTemplateHash.Of(deployment.Spec.Template, deployment.Status.CollisionCount);
        var template = deployment.Spec.Template.DeepClone();
        template.Metadata.Labels[PodTemplateHash.Label] = hash;
        var selector = deployment.Spec.Selector?.DeepClone() ?? new LabelSelector();
        selector.MatchLabels[PodTemplateHash.Label] = hash;
        var made = new ReplicaSet
        {
            Metadata = new ObjectMeta
            {
                Name = $"{deployment.Metadata.Name}-{hash}",
                Namespace = deployment.Metadata.Namespace,
                Labels = new(template.Metadata.Labels),
                OwnerReferences = [OwnerReferences.NewControllerRef(deployment)],
            },
            Spec = new ReplicaSetSpec { Replicas = Size(deployment, oldReplicaSets), MinReadySeconds = deployment.Spec.MinReadySeconds,
                Selector = selector, Template = template },
        };
        var bounds = RolloutBounds.Of(deployment);
        DeploymentAnnotations.CopyTo(made, deployment, revision);
        DeploymentAnnotations.SetReplicas(made, bounds.Desired, bounds.MostPods);
        return made;
    }

    private static int Size(Deployment deployment, IReadOnlyList<ReplicaSet> oldReplicaSets)
    {
        var bounds = RolloutBounds.Of(deployment);
        return deployment.Spec.Strategy.Type == DeploymentStrategyType.Recreate
            ? bounds.Desired
            : RollingUpdatePlan.NewSize(bounds, 0, ReplicaSetScale.Total(oldReplicaSets));
    }
}
