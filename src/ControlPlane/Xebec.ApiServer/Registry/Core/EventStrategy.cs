namespace Xebec.ApiServer.Registry.Core;

/// <summary>Events: nothing depends on them, so that no delete waits for the garbage collector.</summary>
internal sealed class EventStrategy : ResourceStrategy
{
    /// <inheritdoc/>
    public override bool CountsGenerations => false;

    /// <inheritdoc/>
    public override bool AllowCreateOnUpdate => true;

    /// <inheritdoc/>
    public override bool IsGarbageCollected => false;
}
