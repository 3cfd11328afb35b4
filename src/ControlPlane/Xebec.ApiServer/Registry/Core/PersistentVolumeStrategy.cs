using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Core;

/// <summary>PersistentVolumes: born pending; the time of a change of phase is noted.</summary>
internal sealed class PersistentVolumeStrategy(TimeProvider time) : ResourceStrategy
{
    private const string ChangedAt = "lastPhaseTransitionTime";

    /// <inheritdoc/>
    public override bool ReturnsDeletedObject => true;

    /// <inheritdoc/>
    public override bool CountsGenerations => false;

    /// <inheritdoc/>
    public override void PrepareForCreate(ObjectValue created, bool hasStatus)
    {
        base.PrepareForCreate(created, hasStatus);
        created["status"] = new ObjectValue { { "phase", "Pending" }, { ChangedAt, ObjectMetadata.Timestamp(time.GetUtcNow()) } };
    }

    /// <summary>A client that does not know the time of the change leaves it out, or sends the old one.</summary>
    public override void PrepareForStatusUpdate(ObjectValue updated, ObjectValue stored)
    {
        base.PrepareForStatusUpdate(updated, stored);
        var (status, before) = (updated.GetOrAddObject("status"), stored.GetObject("status") ?? []);
        if (status.GetString("phase") == before.GetString("phase"))
            status[ChangedAt] ??= before[ChangedAt];
        else if (status.GetString(ChangedAt) is var given && (given is null || given == before.GetString(ChangedAt)))
            status[ChangedAt] = ObjectMetadata.Timestamp(time.GetUtcNow());
    }
}
