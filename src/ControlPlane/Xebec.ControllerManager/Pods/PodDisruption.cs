using Xebec.Api.Core.V1;
using Xebec.Client;

namespace Xebec.ControllerManager.Pods;

/// <summary>Deletes pods that the cluster takes away, saying why in the DisruptionTarget condition first.</summary>
internal sealed class PodDisruption(ApiClient client, TimeProvider time)
{
    /// <summary>Marks and deletes a pod; a grace period of 0 fails and removes one that no kubelet will ever report on.</summary>
    public async Task DeleteAsync(Pod pod, string reason, string message, long? gracePeriodSeconds, CancellationToken cancellation)
    {
        try
        {
            if (!PodState.IsTerminal(pod) &&
                PodState.Condition(pod, PodConditionType.DisruptionTarget) is not { Status: ConditionStatus.True })
                await client.UpdateStatusAsync(Marked(pod, reason, message, gracePeriodSeconds == 0), null, cancellation);
            var options = new Api.Meta.V1.DeleteOptions { GracePeriodSeconds = gracePeriodSeconds,
                Preconditions = new() { Uid = pod.Metadata.Uid } };
            await client.DeleteAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name, options, cancellation);
        }
        catch (ApiErrorException e) when (e.IsNotFound)
        {
            return;
        }
    }

    private Pod Marked(Pod pod, string reason, string message, bool isLost)
    {
        var marked = pod.DeepClone();
        if (isLost)
            marked.Status.Phase = PodPhase.Failed;
        marked.Status.Conditions.RemoveAll(c => c.Type == PodConditionType.DisruptionTarget);
        marked.Status.Conditions.Add(new PodCondition
        {
            Type = PodConditionType.DisruptionTarget, Status = ConditionStatus.True, Reason = reason, Message = message,
                LastTransitionTime = time.GetUtcNow(),
        });
        return marked;
    }
}
