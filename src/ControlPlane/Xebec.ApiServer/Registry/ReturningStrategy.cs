using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry;

/// <summary>Kinds whose delete answers with the object deleted, and that count no generations (upstream's choice, kind by kind).</summary>
internal sealed class ReturningStrategy : ResourceStrategy
{
    /// <summary>New objects are pending until a controller takes them up.</summary>
    public bool StartsPending { get; init; }

    /// <inheritdoc/>
    public override bool ReturnsDeletedObject => true;

    /// <inheritdoc/>
    public override bool CountsGenerations => false;

    /// <inheritdoc/>
    public override void PrepareForCreate(ObjectValue created, bool hasStatus)
    {
        base.PrepareForCreate(created, hasStatus);
        if (StartsPending)
            created["status"] = new ObjectValue { { "phase", "Pending" } };
    }
}
