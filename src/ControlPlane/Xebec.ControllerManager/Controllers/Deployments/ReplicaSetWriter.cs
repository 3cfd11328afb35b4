using System.Globalization;
using Xebec.Api;
using Xebec.Api.Apps.V1;
using Xebec.Api.Core.V1;
using Xebec.ApiMachinery.Values;
using Xebec.Client;
using Xebec.Client.Events;

namespace Xebec.ControllerManager.Controllers.Deployments;

/// <summary>Writes what a Deployment's reconcile decided: ReplicaSets, revision, status.</summary>
internal sealed class ReplicaSetWriter(ApiClient client, EventRecorder recorder, TimeProvider time)
{
    /// <summary>The rollout with its new ReplicaSet there, annotated with its revision.</summary>
    public async Task<Rollout> EnsureNewAsync(Rollout rollout, CancellationToken cancellation)
    {
        var revision = rollout.Revision;
        rollout = rollout.New is { } present
            ? rollout.With(await AnnotateAsync(rollout.Deployment, present, revision, cancellation))
            : rollout with { New = await CreateAsync(rollout, revision, cancellation) };
        await SetRevisionAsync(rollout, cancellation);
        return rollout;
    }

    public async Task<Rollout> ScaleAsync(Rollout rollout, IReadOnlyList<ReplicaSetScale> scales, CancellationToken cancellation)
    {
        var bounds = RolloutBounds.Of(rollout.Deployment);
        foreach (var scale in scales)
        {
            var changed = scale.ReplicaSet.DeepClone();
            changed.Spec.Replicas = scale.Replicas;
            if (!DeploymentAnnotations.SetReplicas(changed, bounds.Desired, bounds.MostPods) && scale.Replicas == scale.From)
                continue;
            rollout = rollout.With(await client.UpdateAsync(changed, null, cancellation));
            if (scale.Replicas != scale.From)
                ReportScaling(rollout.Deployment, scale.ReplicaSet.Metadata.Name, scale.From, scale.Replicas);
        }

        return rollout;
    }

    public async Task CleanUpAsync(Rollout rollout, CancellationToken cancellation)
    {
        foreach (var surplus in ReplicaSetHistory.Surplus(rollout.Deployment, rollout.Old))
        {
            try
            {
                await client.DeleteAsync<ReplicaSet>(surplus.Metadata.Namespace, surplus.Metadata.Name, null, cancellation);
            }
            catch (ApiErrorException e) when (e.IsNotFound)
            {
                continue;
            }
        }
    }

    public async Task StoreAsync(Rollout rollout, DeploymentStatus status, CancellationToken cancellation)
    {
        if (ApiJson.ContentEquals(rollout.StoredStatus, status))
            return;
        rollout.Deployment.Status = status;
        await client.UpdateStatusAsync(rollout.Deployment, null, cancellation);
    }

    private async Task<ReplicaSet> AnnotateAsync(Deployment deployment, ReplicaSet present, long revision, CancellationToken cancellation)
    {
        var changed = present.DeepClone();
        var isDifferent = DeploymentAnnotations.CopyTo(changed, deployment, revision) ||
            changed.Spec.MinReadySeconds != deployment.Spec.MinReadySeconds;
        changed.Spec.MinReadySeconds = deployment.Spec.MinReadySeconds;
        if (DeploymentStatusPlan.HasDeadline(deployment) &&
            DeploymentConditions.Get(deployment.Status, DeploymentConditionType.Progressing) is null)
            SetProgressing(deployment, "FoundNewReplicaSet", $"Found new replica set \"{present.Metadata.Name}\"");
        return isDifferent ? await client.UpdateAsync(changed, null, cancellation) : present;
    }

    private async Task<ReplicaSet> CreateAsync(Rollout rollout, long revision, CancellationToken cancellation)
    {
        var deployment = rollout.Deployment;
        var wanted = NewReplicaSet.Make(deployment, rollout.Old, revision);
        try
        {
            var created = await client.CreateAsync(wanted, null, cancellation);
            if (ReplicaSetScale.Size(created) > 0)
                ReportScaling(deployment, created.Metadata.Name, 0, ReplicaSetScale.Size(created));
            if (DeploymentStatusPlan.HasDeadline(deployment))
                SetProgressing(deployment, "NewReplicaSetCreated", $"Created new replica set \"{created.Metadata.Name}\"");
            return created;
        }
        catch (ApiErrorException e) when (e.IsAlreadyExists)
        {
            return await ExistingAsync(deployment, wanted, e, cancellation);
        }
        catch (ApiErrorException e) when (!e.IsNamespaceTerminating)
        {
            await ReportFailureAsync(deployment, wanted, e, cancellation);
            throw;
        }
    }

    /// <summary>Ours, which the cache did not show yet; or another's of the same name, so that the hash needs another try.</summary>
    private async Task<ReplicaSet> ExistingAsync(
        Deployment deployment, ReplicaSet wanted, ApiErrorException cause, CancellationToken cancellation)
    {
        var existing = await client.GetAsync<ReplicaSet>(wanted.Metadata.Namespace, wanted.Metadata.Name, cancellation);
        if (OwnerReferences.IsControlledBy(existing, deployment) &&
            PodTemplateHash.EqualIgnoringHash(existing.Spec.Template, deployment.Spec.Template))
            return existing;
        deployment.Status.CollisionCount = (deployment.Status.CollisionCount ?? 0) + 1;
        await client.UpdateStatusAsync(deployment, null, cancellation);
        throw cause;
    }

    private async Task ReportFailureAsync(Deployment deployment, ReplicaSet wanted, ApiErrorException e, CancellationToken cancellation)
    {
        var message = $"Failed to create new replica set \"{wanted.Metadata.Name}\": {e.Message}";
        recorder.Warning(deployment, "ReplicaSetCreateError", message);
        if (!DeploymentStatusPlan.HasDeadline(deployment))
            return;
        DeploymentConditions.Set(
            deployment.Status, DeploymentConditionType.Progressing, ConditionStatus.False, "ReplicaSetCreateError", message,
                time.GetUtcNow());
        await client.UpdateStatusAsync(deployment, null, cancellation);
    }

    private void SetProgressing(Deployment deployment, string reason, string message) => DeploymentConditions.Set(
        deployment.Status, DeploymentConditionType.Progressing, ConditionStatus.True, reason, message, time.GetUtcNow());

    private void ReportScaling(Deployment deployment, string replicaSet, int from, int to) => recorder.Normal(
        deployment, "ScalingReplicaSet", $"Scaled {(to > from ? "up" : "down")} replica set {replicaSet} from {from} to {to}");

    private async Task SetRevisionAsync(Rollout rollout, CancellationToken cancellation)
    {
        var deployment = rollout.Deployment;
        var revision = DeploymentAnnotations.RevisionOf(rollout.New!).ToString(CultureInfo.InvariantCulture);
        if (deployment.Metadata.Annotations.GetValueOrDefault(DeploymentAnnotations.Revision) == revision)
            return;
        var annotations = new ObjectValue { { DeploymentAnnotations.Revision, revision } };
        var metadata = new ObjectValue { { "uid", deployment.Metadata.Uid }, { "annotations", annotations } };
        // With the status: an annotation written to the Deployment itself makes a new generation.
        var patched = await client.PatchAsync<Deployment>(
            deployment.Metadata.Namespace, deployment.Metadata.Name, Patch.Merge(
                new ObjectValue { { "metadata", metadata } }), "status", null, cancellation);
        deployment.Metadata = patched.Metadata;
    }
}
