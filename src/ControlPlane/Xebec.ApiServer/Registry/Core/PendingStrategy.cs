using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Core;

/// <summary>Volumes and claims: nobody has bound a new one.</summary>
internal sealed class PendingStrategy : ResourceStrategy
{
    /// <summary>The status says when the phase changed last.</summary>
    public bool NotesTransition { get; init; }

    /// <inheritdoc/>
    public override bool ReturnsDeletedObject => true;

    /// <inheritdoc/>
    public override bool CountsGenerations => false;

    /// <inheritdoc/>
    public override void PrepareForCreate(ObjectValue created, bool hasStatus)
    {
        base.PrepareForCreate(created, hasStatus);
        var status = new ObjectValue { { "phase", "Pending" } };
        if (NotesTransition && created.GetObject("metadata")?["creationTimestamp"] is { } now)
            status["lastPhaseTransitionTime"] = now;
        created["status"] = status;
    }
}
