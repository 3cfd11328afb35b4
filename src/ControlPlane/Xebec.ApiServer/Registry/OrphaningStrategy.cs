namespace Xebec.ApiServer.Registry;

/// <summary>Kinds whose dependents stay unless a delete says otherwise, as they did before there was a garbage collector.</summary>
internal sealed class OrphaningStrategy : ResourceStrategy
{
    /// <inheritdoc/>
    public override bool OrphansByDefault => true;
}
