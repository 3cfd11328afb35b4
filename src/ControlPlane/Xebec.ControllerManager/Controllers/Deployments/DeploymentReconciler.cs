using Xebec.Api.Apps.V1;
using Xebec.Api.Core.V1;
using Xebec.Client;
using Xebec.Client.Events;
using Xebec.Client.Queues;
using Xebec.ControllerManager.Pods;

namespace Xebec.ControllerManager.Controllers.Deployments;

/// <summary>Carries out one step of one Deployment: scaling, pausing or rolling out.</summary>
internal sealed class DeploymentReconciler(ApiClient client, EventRecorder recorder, TimeProvider time)
{
    private readonly ReplicaSetWriter _writer = new(client, recorder, time);

    public async Task<ReconcileResult> ReconcileAsync(
        Rollout rollout, Func<ReplicaSet, IEnumerable<Pod>> podsOf, CancellationToken cancellation)
    {
        var deployment = rollout.Deployment;
        if (deployment.Metadata.DeletionTimestamp is not null)
            return await CountAsync(rollout, cancellation);
        PausedCondition(deployment);
        if (deployment.Spec.Paused || ScalingPlan.IsNeeded(deployment, rollout.All))
            return await ScaleAsync(rollout, cancellation);
        return deployment.Spec.Strategy.Type == DeploymentStrategyType.Recreate
            ? await RecreateAsync(rollout, podsOf, cancellation)
            : await RollAsync(rollout, cancellation);
    }

    /// <summary>A selector that selects every pod is not acted on.</summary>
    public async Task<ReconcileResult> RefuseAsync(Deployment deployment, CancellationToken cancellation)
    {
        recorder.Warning(deployment, "SelectingAll", "This deployment is selecting all pods. A non-empty selector is required.");
        if (deployment.Status.ObservedGeneration < deployment.Metadata.Generation)
        {
            deployment.Status.ObservedGeneration = deployment.Metadata.Generation;
            await client.UpdateStatusAsync(deployment, null, cancellation);
        }

        return ReconcileResult.Done;
    }

    private void PausedCondition(Deployment deployment)
    {
        var progressing = DeploymentConditions.Get(deployment.Status, DeploymentConditionType.Progressing);
        if (!DeploymentStatusPlan.HasDeadline(deployment) || progressing?.Reason == DeploymentConditions.TimedOut)
            return;
        var now = time.GetUtcNow();
        var isPaused = progressing?.Reason == "DeploymentPaused";
        if (deployment.Spec.Paused && !isPaused)
            DeploymentConditions.Set(deployment.Status, DeploymentConditionType.Progressing, ConditionStatus.Unknown, "DeploymentPaused",
                "Deployment is paused", now);
        else if (!deployment.Spec.Paused && isPaused)
            DeploymentConditions.Set(deployment.Status, DeploymentConditionType.Progressing, ConditionStatus.Unknown, "DeploymentResumed",
                "Deployment is resumed", now);
    }

    private async Task<ReconcileResult> ScaleAsync(Rollout rollout, CancellationToken cancellation)
    {
        if (rollout.New is not null)
            rollout = await _writer.EnsureNewAsync(rollout, cancellation);
        var plan = ScalingPlan.Make(rollout.Deployment, rollout.New, rollout.Old);
        rollout = await _writer.ScaleAsync(rollout, plan, cancellation);
        if (rollout.Deployment.Spec.Paused)
            await _writer.CleanUpAsync(rollout, cancellation);
        return await CountAsync(rollout, cancellation);
    }

    private async Task<ReconcileResult> RollAsync(Rollout rollout, CancellationToken cancellation)
    {
        rollout = await _writer.EnsureNewAsync(rollout, cancellation);
        var plan = RollingUpdatePlan.Next(RolloutBounds.Of(rollout.Deployment), rollout.New!, rollout.Old);
        rollout = await _writer.ScaleAsync(rollout, plan, cancellation);
        return await FinishAsync(rollout, mayCleanUp: plan.Count == 0, cancellation);
    }

    private async Task<ReconcileResult> RecreateAsync(
        Rollout rollout, Func<ReplicaSet, IEnumerable<Pod>> podsOf, CancellationToken cancellation)
    {
        if (rollout.New is not null)
            rollout = await _writer.EnsureNewAsync(rollout, cancellation);
        var down = rollout.Old.Where(r => ReplicaSetScale.Size(r) > 0).Select(r => new ReplicaSetScale(r, 0)).ToList();
        if (down.Count > 0)
        {
            rollout = await _writer.ScaleAsync(rollout, down, cancellation);
            return await FinishAsync(rollout, mayCleanUp: false, cancellation);
        }

        if (rollout.Old.SelectMany(podsOf).Any(p => !PodState.IsTerminal(p)))
            return await FinishAsync(rollout, mayCleanUp: false, cancellation);
        rollout = await _writer.EnsureNewAsync(rollout, cancellation);
        var up = new ReplicaSetScale(rollout.New!, rollout.Deployment.Spec.Replicas ?? 1);
        rollout = await _writer.ScaleAsync(rollout, [up], cancellation);
        return await FinishAsync(rollout, mayCleanUp: true, cancellation);
    }

    private async Task<ReconcileResult> FinishAsync(Rollout rollout, bool mayCleanUp, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var status = DeploymentStatusPlan.Rollout(rollout.Deployment, rollout.New, rollout.All, now);
        if (mayCleanUp && DeploymentStatusPlan.IsComplete(rollout.Deployment, status))
            await _writer.CleanUpAsync(rollout, cancellation);
        await _writer.StoreAsync(rollout, status, cancellation);
        return new ReconcileResult(DeploymentStatusPlan.UntilDeadline(rollout.Deployment, status, now));
    }

    private async Task<ReconcileResult> CountAsync(Rollout rollout, CancellationToken cancellation)
    {
        var status = DeploymentStatusPlan.Count(rollout.Deployment, rollout.New, rollout.All, time.GetUtcNow());
        await _writer.StoreAsync(rollout, status, cancellation);
        return ReconcileResult.Done;
    }
}
