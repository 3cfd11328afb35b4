using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Core;

/// <summary>Pods: graceful deletion, and the status they are born with.</summary>
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
        var status = new ObjectValue { { "phase", "Pending" }, { "qosClass", PodQualityOfService.Of(created) } };
        if (created.GetObject("spec")?.GetList("schedulingGates") is { Count: > 0 })
            status["conditions"] = new ListValue([Gated()]);
        created["status"] = status;
    }

    // KEP-3521: a gated pod says so from its first moment.
    private static ObjectValue Gated() => new()
    {
        { "type", "PodScheduled" },
        { "status", "False" },
        { "reason", "SchedulingGated" },
        { "message", "Scheduling is blocked due to non-empty scheduling gates" },
    };

    /// <summary>The class of service never changes once a pod exists.</summary>
    public override void PrepareForStatusUpdate(ObjectValue updated, ObjectValue stored)
    {
        base.PrepareForStatusUpdate(updated, stored);
        if (stored.GetObject("status")?["qosClass"] is { } qosClass)
            updated.GetOrAddObject("status")["qosClass"] = qosClass;
    }
}
