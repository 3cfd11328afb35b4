using Microsoft.Extensions.Logging;
using Xebec.Api.Core.V1;
using Xebec.ApiMachinery.Values;
using Xebec.Client;

namespace Xebec.Scheduler.Cycle;

/// <summary>Shows in a pod's status why it has no node.</summary>
internal sealed class PodStatusWriter(ApiClient client, TimeProvider time, ILogger logger)
{
    /// <summary>Writes the condition PodScheduled=False and, unless null, the nominated node; nothing when it says so already.</summary>
    public async Task WriteAsync(Pod pod, string reason, string message, string? nominatedNodeName, CancellationToken cancellation)
    {
        var known = pod.Status.Conditions.Find(c => c.Type == "PodScheduled");
        var isNominated = nominatedNodeName is null || nominatedNodeName == pod.Status.NominatedNodeName;
        if (known is { Status: "False" } && known.Reason == reason && known.Message == message && isNominated)
            return;
        var status = new ObjectValue { { "conditions", new ListValue { Condition(pod, known, reason, message) } } };
        if (!isNominated)
            status.Add("nominatedNodeName", nominatedNodeName!.Length > 0 ? new StringValue(nominatedNodeName) : Value.Null);
        await PatchAsync(pod, status, cancellation).ConfigureAwait(false);
    }

    /// <summary>Takes back the nomination of a pod that a more important one displaced.</summary>
    public Task ClearNominationAsync(Pod pod, CancellationToken cancellation) =>
        PatchAsync(pod, new ObjectValue { { "nominatedNodeName", Value.Null } }, cancellation);

    /// <summary>Says of a pod with scheduling gates that it waits for them, in the background.</summary>
    public void ShowGated(Pod pod)
    {
        if (pod.Status.Conditions.Exists(c => c is { Type: "PodScheduled", Reason: "SchedulingGated" }))
            return;
        _ = WriteAsync(pod, "SchedulingGated", "Scheduling is blocked due to non-empty scheduling gates", null, CancellationToken.None);
    }

    private async Task PatchAsync(Pod pod, ObjectValue status, CancellationToken cancellation)
    {
        var body = new ObjectValue { { "metadata", new ObjectValue { { "uid", pod.Metadata.Uid } } }, { "status", status } };
        try
        {
            await client.PatchAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name, Patch.Strategic(body), "status", null, cancellation).ConfigureAwait(false);
        }
        catch (ApiErrorException e) when (e.IsNotFound || e.IsConflict)
        {
            // The pod is gone or another by now: nothing to tell.
        }
        catch (Exception e) when (e is ApiErrorException or HttpRequestException or TimeoutException)
        {
            SchedulerLog.StatusFailed(logger, NamespacedName.Of(pod), e.Message);
        }
    }

    private ObjectValue Condition(Pod pod, PodCondition? known, string reason, string message)
    {
        var since = known is { Status: "False", LastTransitionTime: { } at } ? at : time.GetUtcNow();
        return new ObjectValue
        {
            { "type", "PodScheduled" },
            { "status", "False" },
            { "observedGeneration", pod.Metadata.Generation },
            { "lastProbeTime", Value.Null },
            { "lastTransitionTime", since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture) },
            { "reason", reason },
            { "message", message },
        };
    }
}
