namespace Xebec.ApiServer.Registry;

/// <summary>Kinds whose delete answers with the object deleted, and that count no generations (upstream's choice, kind by kind).</summary>
internal sealed class ReturningStrategy : ResourceStrategy
{
    /// <inheritdoc/>
    public override bool ReturnsDeletedObject => true;

    /// <inheritdoc/>
    public override bool CountsGenerations => false;
}
