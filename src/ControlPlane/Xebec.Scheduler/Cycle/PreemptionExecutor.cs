using Microsoft.Extensions.Logging;
using Xebec.Api.Meta.V1;
using Xebec.ApiMachinery.Values;
using Xebec.Client;
using Xebec.Client.Events;
using Xebec.Scheduler.Framework;

namespace Xebec.Scheduler.Cycle;

/// <summary>Makes the room that a preemption found: says why in each victim's status, then deletes it gracefully.</summary>
internal sealed class PreemptionExecutor(
    ApiClient client, EventRecorder events, SchedulerMetrics metrics, string schedulerName, TimeProvider time, ILogger logger)
{
    public async Task RunAsync(PodInfo preemptor, PostFilterResult room, CancellationToken cancellation)
    {
        metrics.Preempted(room.Victims.Length);
        await Task.WhenAll(room.Victims.Select(victim => EvictAsync(victim, preemptor, room.NominatedNodeName!, cancellation))).ConfigureAwait(false);
    }

    private async Task EvictAsync(PodInfo victim, PodInfo preemptor, string nodeName, CancellationToken cancellation)
    {
        try
        {
            await client.PatchAsync<Api.Core.V1.Pod>(
                victim.Name.Namespace, victim.Name.Name, Patch.Strategic(DisruptionTarget(victim)), "status", null, cancellation).ConfigureAwait(false);
            var options = new DeleteOptions { Preconditions = new Preconditions { Uid = victim.Uid } };
            await client.DeleteAsync<Api.Core.V1.Pod>(victim.Name.Namespace, victim.Name.Name, options, cancellation).ConfigureAwait(false);
            SchedulerLog.Preempted(logger, victim.Name, nodeName, preemptor.Name);
            events.Normal(victim.Pod, "Preempted", $"Preempted by pod {preemptor.Uid} on node {nodeName}");
        }
        catch (ApiErrorException e) when (e.IsNotFound || e.IsConflict)
        {
            // Gone already, which is as good.
        }
        catch (Exception e) when (e is ApiErrorException or HttpRequestException or TimeoutException)
        {
            SchedulerLog.PreemptionFailed(logger, victim.Name, e.Message);
        }
    }

    private static string Rfc3339(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private ObjectValue DisruptionTarget(PodInfo victim) => new()
    {
        { "metadata", new ObjectValue { { "uid", victim.Uid } } },
        {
            "status", new ObjectValue
            {
                {
                    "conditions", new ListValue
                    {
                        new ObjectValue
                        {
                            { "type", "DisruptionTarget" },
                            { "status", "True" },
                            { "observedGeneration", victim.Pod.Metadata.Generation },
                            { "lastTransitionTime", Rfc3339(time.GetUtcNow()) },
                            { "reason", "PreemptionByScheduler" },
                            { "message", $"{schedulerName}: preempting to accommodate a higher priority pod" },
                        },
                    }
                },
            }
        },
    };
}
