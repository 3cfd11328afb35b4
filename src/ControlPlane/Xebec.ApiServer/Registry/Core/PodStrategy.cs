using Xebec.Api.Rules.Core;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Core;

/// <summary>Pods: graceful deletion, the status they are born with, and what each subresource may change.</summary>
internal sealed class PodStrategy : ResourceStrategy
{
    /// <inheritdoc/>
    public override bool ReturnsDeletedObject => true;

    /// <summary>A pod on no node, or one that has ended, has nobody to shut it down: it goes at once.</summary>
    public override long GracePeriodSeconds(ObjectValue stored, long? requested)
    {
        var spec = stored.GetObject("spec");
        if (spec?.GetString("nodeName") is null or "" || stored.GetObject("status")?.GetString("phase") is "Succeeded" or "Failed")
            return 0;
        var seconds = requested ?? spec["terminationGracePeriodSeconds"]?.AsInt64() ?? 30;
        return seconds < 0 ? 1 : seconds;
    }

    /// <inheritdoc/>
    public override void PrepareForCreate(ObjectValue created, bool hasStatus)
    {
        base.PrepareForCreate(created, hasStatus);
        var status = new ObjectValue { { "phase", "Pending" }, { "qosClass", PodQuality.Of(created.GetObject("spec")) } };
        if (created.GetObject("spec")?.GetList("schedulingGates") is { Count: > 0 })
            status["conditions"] = new ListValue([Gated()]);
        created["status"] = status;
        PodLabelKeys.Resolve(created);
    }

    // KEP-3521: a gated pod says so from its first moment.
    private static ObjectValue Gated() => new()
    {
        { "type", "PodScheduled" },
        { "status", "False" },
        { "reason", "SchedulingGated" },
        { "message", "Scheduling is blocked due to non-empty scheduling gates" },
    };

    /// <summary>What a kubelet that does not know it leaves out stays: owners, the class of service, observed generations.</summary>
    public override void PrepareForStatusUpdate(ObjectValue updated, ObjectValue stored)
    {
        base.PrepareForStatusUpdate(updated, stored);
        updated.GetOrAddObject("metadata")["ownerReferences"] = stored.GetObject("metadata")?["ownerReferences"];
        var (status, before) = (updated.GetOrAddObject("status"), stored.GetObject("status") ?? []);
        if (status.GetString("qosClass") is null or "")
            status["qosClass"] = before["qosClass"];
        KeepGenerations(status, before);
    }

    private static void KeepGenerations(ObjectValue status, ObjectValue before)
    {
        KeepGeneration(status, before);
        var old = (before.GetList("conditions") ?? []).OfType<ObjectValue>().ToList();
        foreach (var condition in (status.GetList("conditions") ?? []).OfType<ObjectValue>())
        {
            if (old.Find(o => o.GetString("type") == condition.GetString("type")) is not { } same)
                continue;
            old.Remove(same);
            KeepGeneration(condition, same);
        }
    }

    private static void KeepGeneration(ObjectValue now, ObjectValue before)
    {
        if (now["observedGeneration"]?.AsInt64() is null or 0 && before["observedGeneration"] is { } generation)
            now["observedGeneration"] = generation;
    }

    /// <summary>A subresource changes its own part of the spec; the rest, and most of the metadata, stays.</summary>
    public override void PrepareForSubresourceUpdate(ObjectValue updated, ObjectValue stored, string subresource, string now)
    {
        if (subresource == "ephemeralcontainers")
            PodParts.KeepAllButEphemeralContainers(updated, stored);
        else if (subresource == "resize")
            PodParts.KeepAllButResources(updated, stored);
    }
}
